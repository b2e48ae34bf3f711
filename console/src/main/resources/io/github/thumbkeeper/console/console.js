/* SPDX-License-Identifier: Apache-2.0 */
// Everything works without this file. It lets an upload be dropped, and shows its progress.
"use strict";
(() => {
  const form = document.querySelector("form.upload[enctype]");
  if (!form) {
    return;
  }
  const file = form.querySelector("input[type=file]");
  const progress = form.querySelector("progress");
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("dropping");
  });
  form.addEventListener("dragleave", () => form.classList.remove("dropping"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("dropping");
    if (event.dataTransfer.files.length > 0) {
      file.files = event.dataTransfer.files;
    }
  });
  form.addEventListener("submit", () => {
    progress.hidden = false;
    progress.removeAttribute("value");
  });
  // A page that comes back from the history of the browser.
  window.addEventListener("pageshow", () => {
    progress.hidden = true;
  });
})();
