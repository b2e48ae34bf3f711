/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.example.orders;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes orders with POST and lists them with GET, for each customer its own.
 *
 * <p>No request comes here that the filter has not admitted. The customer's name is the label of the certificate in the
 * store: its file name or alias.
 */
public final class OrdersServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int MOST_ORDERS = 100;

    private final transient ConcurrentMap<String, List<Integer>> orders = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger(1000);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Integer> own = ordersOf(request.getRemoteUser());
        if (own.size() >= MOST_ORDERS) {
            response.sendError(HttpServletResponse.SC_CONFLICT);
            return;
        }
        own.add(last.incrementAndGet());
        response.setStatus(HttpServletResponse.SC_CREATED);
        answer(request, response);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String customer = request.getRemoteUser();
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(customer + " has ordered " + ordersOf(customer));
    }

    private List<Integer> ordersOf(String customer) {
        return orders.computeIfAbsent(customer, name -> new CopyOnWriteArrayList<>());
    }
}
