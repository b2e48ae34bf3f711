/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.observe.GateMXBean;
import java.io.IOException;
import java.net.MalformedURLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** The gates of a running server, by JMX. Apart from the commands, which run without the module java.management. Not thread-safe. */
final class RunningGates implements AutoCloseable {

    private static final Pattern PROCESS = Pattern.compile("[0-9]{1,10}");
    private static final String URL = "service:jmx:";

    private final JMXConnector connector;
    private final List<GateMXBean> gates;

    private RunningGates(JMXConnector connector, List<GateMXBean> gates) {
        this.connector = connector;
        this.gates = gates;
    }

    /**
     * Connects to a server.
     *
     * @param server the id of a process of the same user, host and port of JMX, or the URL of a JMX service
     * @param credentials name and password, or null
     * @throws UsageException if the text is none of these
     * @throws IOException if the server cannot be reached; the message is safe to print
     */
    @SuppressWarnings("BanJNDI") // the administrator names the server, and trusts it
    static RunningGates of(String server, String @Nullable [] credentials) throws UsageException, IOException {
        JMXServiceURL url = url(server);
        try {
            JMXConnector connector = JMXConnectorFactory.connect(
                    url, credentials == null ? Map.of() : Map.of(JMXConnector.CREDENTIALS, credentials));
            return new RunningGates(connector, gates(connector.getMBeanServerConnection()));
        } catch (IOException | SecurityException e) {
            throw new IOException(
                    SafeText.quoted(server) + " does not answer by JMX: "
                            + SafeText.sentence(String.valueOf(e.getMessage())),
                    e);
        }
    }

    /** Returns the gates, sorted by name. */
    List<GateMXBean> gates() {
        return gates;
    }

    private static JMXServiceURL url(String server) throws UsageException, IOException {
        try {
            if (PROCESS.matcher(server).matches()) {
                return new JMXServiceURL(ofProcess(server));
            }
            Optional<ServerAddress> address = ServerAddress.of(server);
            if (address.isPresent()) {
                return new JMXServiceURL(URL + "rmi:///jndi/rmi://" + address.get() + "/jmxrmi");
            }
            if (server.startsWith(URL)) {
                return new JMXServiceURL(server);
            }
        } catch (MalformedURLException e) {
            throw UsageException.of(server, "is not the URL of a JMX service: " + e.getMessage());
        }
        throw UsageException.of(
                server, "is not a server; expected the id of a process, HOST:PORT of JMX, or a service:jmx: URL");
    }

    private static String ofProcess(String id) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(id);
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            throw new IOException(
                    "process " + SafeText.quoted(id) + " cannot be attached to: "
                            + SafeText.sentence(String.valueOf(e.getMessage()))
                            + "; expected a Java process of the same user",
                    e);
        }
    }

    private static List<GateMXBean> gates(MBeanServerConnection server) throws IOException {
        try {
            List<GateMXBean> gates = new ArrayList<>();
            ObjectName pattern = new ObjectName("io.github.thumbkeeper:type=Gate,*");
            server.queryNames(pattern, null).stream()
                    .sorted()
                    .forEach(name -> gates.add(JMX.newMXBeanProxy(server, name, GateMXBean.class)));
            return List.copyOf(gates);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
