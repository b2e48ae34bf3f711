/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A servlet object that answers what a test has told it to, and remembers what it was asked. */
final class Answers implements InvocationHandler {

    /** What is done instead of a method's own work. */
    @FunctionalInterface
    interface Answer {
        Object to(Object... arguments);
    }

    private final Map<String, Answer> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    /** Sets what a method of this name does. */
    Answers on(String method, Answer answer) {
        answers.put(method, answer);
        return this;
    }

    /** Sets what a method of this name returns. */
    Answers on(String method, Object result) {
        return on(method, (Answer) arguments -> result);
    }

    /** Returns the calls that were made, such as {@code setStatus[401]}. */
    List<String> asked() {
        return asked;
    }

    <T> T as(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        Object[] given = arguments == null ? new Object[0] : arguments;
        asked.add(method.getName() + List.of(given));
        Answer answer = answers.get(method.getName());
        if (answer != null) {
            return answer.to(given);
        }
        return method.getReturnType() == boolean.class ? Boolean.FALSE : null;
    }
}
