/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.micrometer;

import io.github.thumbkeeper.message.LogTopic;
import java.lang.System.Logger.Level;
import java.util.List;

/** A program that logs an event of each topic at each level, to the logging system in its class path. */
final class EachTopic {

    /** The levels that the gate logs at. */
    static final List<Level> LEVELS = List.of(Level.ERROR, Level.WARNING, Level.INFO, Level.DEBUG);

    /** A logger of Tomcat, which has a file of its own in Tomcat's configuration. */
    static final String TOMCAT = "org.apache.catalina.core.ContainerBase.[Catalina].[localhost]";

    private EachTopic() {}

    public static void main(String[] arguments) {
        for (LogTopic topic : LogTopic.values()) {
            for (Level level : LEVELS) {
                topic.logger().log(level, event(topic, level));
            }
        }
        System.getLogger(TOMCAT).log(Level.INFO, event(TOMCAT, Level.INFO));
    }

    static String event(LogTopic topic, Level level) {
        return event(topic.name(), level);
    }

    static String event(String topic, Level level) {
        return "<" + topic + " at " + level + ">";
    }
}
