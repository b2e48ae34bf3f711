/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import io.github.thumbkeeper.testkit.Der;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Ways of damaging a certificate at a random place. The same seed makes the same certificate. */
enum Damage {
    FLIPPED_BIT {
        @Override
        byte[] apply(byte[] der, Random random) {
            byte[] changed = der.clone();
            changed[random.nextInt(der.length)] ^= (byte) (1 << random.nextInt(8));
            return changed;
        }
    },
    CHANGED_BYTE {
        @Override
        byte[] apply(byte[] der, Random random) {
            byte[] changed = der.clone();
            changed[random.nextInt(der.length)] = (byte) random.nextInt(256);
            return changed;
        }
    },
    CUT_OFF {
        @Override
        byte[] apply(byte[] der, Random random) {
            return Arrays.copyOf(der, random.nextInt(der.length));
        }
    },
    TRAILING_BYTES {
        @Override
        byte[] apply(byte[] der, Random random) {
            return Arrays.copyOf(der, der.length + 1 + random.nextInt(4));
        }
    },
    OTHER_LENGTH {
        @Override
        void change(DerTree whole, Random random) {
            DerTree.LengthForm[] forms = DerTree.LengthForm.values();
            any(whole, random).form = forms[1 + random.nextInt(forms.length - 1)];
        }
    },
    OTHER_TAG {
        @Override
        void change(DerTree whole, Random random) {
            any(whole, random).tag = TAGS[random.nextInt(TAGS.length)];
        }
    },
    REMOVED_ELEMENT {
        @Override
        void change(DerTree whole, Random random) {
            DerTree parent = parent(whole, random);
            parent.elements.remove(random.nextInt(parent.elements.size()));
        }
    },
    REPEATED_ELEMENT {
        @Override
        void change(DerTree whole, Random random) {
            DerTree parent = parent(whole, random);
            int index = random.nextInt(parent.elements.size());
            parent.elements.add(
                    random.nextInt(parent.elements.size() + 1),
                    parent.elements.get(index).copy());
        }
    },
    SWAPPED_ELEMENTS {
        @Override
        void change(DerTree whole, Random random) {
            List<DerTree> elements = parent(whole, random).elements;
            Collections.swap(elements, random.nextInt(elements.size()), random.nextInt(elements.size()));
        }
    },
    INSERTED_ELEMENT {
        @Override
        void change(DerTree whole, Random random) {
            List<DerTree> elements = parent(whole, random).elements;
            byte[] content = new byte[random.nextInt(3)];
            elements.add(random.nextInt(elements.size() + 1), new DerTree(TAGS[random.nextInt(TAGS.length)], content));
        }
    },
    /** Also puts an element into one of its own kind, such as an attribute of a name into another. */
    COPIED_ELEMENT {
        @Override
        void change(DerTree whole, Random random) {
            DerTree copied = any(whole, random).copy();
            List<DerTree> elements = parent(whole, random).elements;
            elements.add(random.nextInt(elements.size() + 1), copied);
        }
    },
    EMPTIED_ELEMENT {
        @Override
        void change(DerTree whole, Random random) {
            DerTree element = any(whole, random);
            element.content = new byte[0];
            element.elements.clear();
        }
    },
    /** Also makes numbers negative, and writes them with more bytes than they need. */
    LONGER_CONTENT {
        @Override
        void change(DerTree whole, Random random) {
            DerTree element = leaf(whole, random);
            byte[] first = {(byte) (random.nextBoolean() ? 0 : random.nextInt(256))};
            element.content =
                    random.nextBoolean() ? Der.join(first, element.content) : Der.join(element.content, first);
        }
    },
    SHORTER_CONTENT {
        @Override
        void change(DerTree whole, Random random) {
            DerTree element = leaf(whole, random);
            int length = element.content.length;
            element.content = random.nextBoolean()
                    ? Arrays.copyOf(element.content, Math.max(0, length - 1))
                    : Arrays.copyOfRange(element.content, Math.min(1, length), length);
        }
    },
    OTHER_CONTENT {
        @Override
        void change(DerTree whole, Random random) {
            random.nextBytes(leaf(whole, random).content);
        }
    },
    SERIAL_NUMBER {
        @Override
        void change(DerTree whole, Random random) {
            List<String> numbers = List.of(
                    "",
                    "00",
                    "0000",
                    "0001",
                    "7f",
                    "0080",
                    "80",
                    "ff",
                    "ff80",
                    "ffff7f",
                    "00" + "ff".repeat(20),
                    "7f".repeat(21),
                    "81".repeat(20),
                    "01".repeat(200));
            tbs(whole, 1).content = hex(numbers.get(random.nextInt(numbers.size())));
        }
    },
    DATE {
        @Override
        void change(DerTree whole, Random random) {
            List<DerTree> times = tbs(whole, 4).elements;
            DerTree time = times.get(random.nextInt(times.size()));
            String text = DATES.get(random.nextInt(DATES.size()));
            time.content = text.getBytes(StandardCharsets.US_ASCII);
            time.tag = random.nextInt(4) > 0 ? text.length() > 13 ? 0x18 : 0x17 : 0x17 + random.nextInt(2);
        }
    },
    ALGORITHM {
        @Override
        void change(DerTree whole, Random random) {
            List<DerTree> places = List.of(
                    tbs(whole, 2), whole.elements.get(1), tbs(whole, 6).elements.get(0));
            DerTree other = DerTree.parse(hex(ALGORITHMS.get(random.nextInt(ALGORITHMS.size()))));
            boolean both = random.nextBoolean();
            for (DerTree place : both ? places.subList(0, 2) : List.of(places.get(random.nextInt(3)))) {
                place.elements.clear();
                place.elements.addAll(other.copy().elements);
            }
        }
    },
    KEY {
        @Override
        void change(DerTree whole, Random random) {
            DerTree bits = tbs(whole, 6).elements.get(1);
            if (bits.elements.isEmpty()) {
                bits.content = Arrays.copyOf(bits.content, bits.content.length + random.nextInt(5) - 2);
                bits.content[1] = (byte) random.nextInt(6);
            } else {
                int index = random.nextInt(2);
                byte[] number = new byte[SIZES[random.nextInt(SIZES.length)]];
                random.nextBytes(number);
                number[0] = (byte) (random.nextBoolean() ? 0 : number[0]);
                bits.elements.get(0).elements.get(index).content = number;
            }
        }
    },
    EXTENSION {
        @Override
        void change(DerTree whole, Random random) {
            List<DerTree> extensions = tbs(whole, 7).elements.get(0).elements;
            String value = VALUES.get(random.nextInt(VALUES.size()));
            int extension = EXTENSIONS[random.nextInt(EXTENSIONS.length)];
            byte[] critical = CRITICAL.get(random.nextInt(CRITICAL.size()));
            DerTree added = DerTree.parse(Der.sequence(Der.oid(2, 5, 29, extension), critical, Der.octets(hex(value))));
            extensions.removeIf(each -> Arrays.equals(each.elements.get(0).content, added.elements.get(0).content));
            extensions.add(added);
        }
    };

    private static final int[] TAGS = {
        1, 2, 3, 4, 5, 6, 0x0A, 0x0C, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1E, 0x30, 0x31, 0x80, 0x81, 0x82, 0xA0, 0xA1,
        0xA2, 0xA3, 0x24
    };
    private static final int[] SIZES = {
        1, 2, 3, 4, 5, 9, 64, 65, 128, 129, 255, 256, 257, 258, 512, 513, 1024, 1026, 2049
    };

    /** Key usage, basic constraints, name constraints, policies, extended key usage and alternative names. */
    private static final int[] EXTENSIONS = {15, 19, 19, 19, 30, 32, 37, 17};

    private static final List<byte[]> CRITICAL =
            List.of(new byte[0], Der.bool(true), Der.bool(true), Der.bool(false), hex("010101"), hex("01020000"));
    private static final List<String> VALUES = List.of(
            "",
            "3000",
            "30030101ff",
            "3003010100",
            "30060101ff020100",
            "30060101ff02017f",
            "30060101ff0201ff",
            "30070101ff02020080",
            "3003020100",
            "30060201000101ff",
            "30030101ff00",
            "0500",
            "03020780",
            "03020780ff",
            "030107",
            "0301",
            "03020880",
            "030206c0",
            "030206ff",
            "0303070080",
            "03050700000080",
            "300a06082b06010505070302",
            "30020600",
            "300a06082b06010505070380",
            "3004060280010000",
            "04020500",
            "30050c03616263",
            "3081030101ff");
    private static final List<String> DATES = List.of(
            "250101000000Z",
            "250230000000Z",
            "241331000000Z",
            "240229000000Z",
            "250229000000Z",
            "251301000000Z",
            "250100000000Z",
            "250101240000Z",
            "250101235960Z",
            "250101236000Z",
            "2501010000Z",
            "250101000000+0100",
            "250101000000",
            "25010100000aZ",
            " 50101000000Z",
            "+50101000000Z",
            "500101000000Z",
            "491231235959Z",
            "490101000000z",
            "20250101000000Z",
            "20250101000000.5Z",
            "20250101000000.Z",
            "99991231235959Z",
            "00010101000000Z",
            "15820101000000Z",
            "19491231235959Z",
            "202501010000Z",
            "20250101000000+0000",
            "20490101000000Z",
            "20600101000000Z",
            "",
            "Z",
            "0000000000000",
            "99999999999999Z");

    /** Of signatures and keys, with and without parameters: broken, unknown, those of other keys, and damaged ones. */
    private static final List<String> ALGORITHMS = List.of(
            "300d06092a864886f70d0101050500",
            "300d06092a864886f70d0101040500",
            "300d06092a864886f70d01010b0500",
            "300b06092a864886f70d01010b",
            "300d06092a864886f70d01010c0500",
            "300d06092a864886f70d01010a0500",
            "300d06092a864886f70d01010a3000",
            "300b06092a864886f70d01010a",
            "300d06092a864886f70d0101010500",
            "300b06092a864886f70d010101",
            "300f06092a864886f70d01010b05020000",
            "300f06092a864886f70d01010b05000500",
            "300a06082a8648ce3d040302",
            "300c06082a8648ce3d0403020500",
            "300906072a8648ce3d0401",
            "301306072a8648ce3d020106082a8648ce3d030107",
            "301006072a8648ce3d020106052b81040022",
            "301006072a8648ce3d020106052b81040023",
            "301006072a8648ce3d020106052b8104000a",
            "300906072a8648ce3d0201",
            "300b06072a8648ce3d02010500",
            "300506032b6570",
            "300506032b6571",
            "300506032b656e",
            "3005060380ce3d",
            "3003060100",
            "30020600",
            "3000",
            "300906072a8648ce380401",
            "300c0608fffffffffffffff70500");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** Returns the damaged certificate. */
    byte[] apply(byte[] der, Random random) {
        DerTree whole = DerTree.parse(der);
        change(whole, random);
        return whole.der();
    }

    void change(DerTree whole, Random random) {
        throw new UnsupportedOperationException();
    }

    private static DerTree any(DerTree whole, Random random) {
        List<DerTree> all = whole.all();
        return all.get(random.nextInt(all.size()));
    }

    private static DerTree parent(DerTree whole, Random random) {
        List<DerTree> all =
                whole.all().stream().filter(each -> !each.elements.isEmpty()).toList();
        return all.get(random.nextInt(all.size()));
    }

    private static DerTree leaf(DerTree whole, Random random) {
        List<DerTree> all = whole.all().stream()
                .filter(each -> each.elements.isEmpty() && each.content.length > 0)
                .toList();
        return all.get(random.nextInt(all.size()));
    }

    private static DerTree tbs(DerTree whole, int index) {
        return whole.elements.get(0).elements.get(index);
    }
}
