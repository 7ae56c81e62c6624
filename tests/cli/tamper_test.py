"""Reports that somebody rewrote with all hashes computed anew, and signatures verified by openssl:
tamper_test.py [PATH_TO_DUIBIAO] [unittest's arguments].

The hashes and what is signed are computed here as assets/schema/report.schema.json and src/core/statement.hpp describe
them, so this is a second reading of both.
"""

import base64
import copy
import hashlib
import json
import subprocess
import sys
import unittest

import cli_test
from cli_test import ROOT, Case

GOLDEN = ROOT / "tests/golden/signed-report.json"
LAYERS = ["self", "acceptance", "rating"]


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def base32(hex_digest, characters):
    return base64.b32encode(bytes.fromhex(hex_digest)).decode()[:characters]


def seal(report):
    """All hashes and the code of what the layers and the log say."""
    previous = ""
    for layer in report["layers"]:
        own = [edit for edit in report["log"] if edit["layer"] == layer["id"]]
        hashed = {key: value for key, value in layer.items() if key != "hash"} | {"previous": previous}
        hashed |= {key: report[key] for key in ("document", "instrument", "unit", "period")}
        if layer["id"] == "self":
            hashed |= {key: report[key] for key in ("header", "measures")}
        if own:
            hashed["log"] = sha256(canonical(own))
        layer["previous"] = previous
        layer["hash"] = previous = sha256(canonical(hashed))
    signed = any(edit["field"] == "signature" for edit in report["log"])
    report["version"] = 2 if signed else 1
    report["code"] = base32(previous, 16 if signed else 10)
    return report


def last_edit(report, layer, field):
    return [edit for edit in report["log"] if edit["layer"] == layer and edit["field"] == field][-1]


def last_note(report, layer):
    return [edit for edit in report["log"]
            if edit["layer"] == layer and edit["field"] == "note" and not edit["item"].startswith("veto")][-1]


def set_note(report, edit, text):
    edit["after"] = text
    report["layers"][LAYERS.index(edit["layer"])]["answers"][edit["item"]]["note"] = text


def signed_text(report, layer):
    """What the last statement of a layer signs, and its edits of key and signature."""
    state = last_edit(report, layer, "state")
    until = report["log"].index(state)
    own, signature = [], None
    for edit in report["log"][: until + 1]:
        if edit["layer"] != layer:
            continue
        if edit["field"] == "signature" and edit["batch"] == state["batch"]:
            signature = edit
        else:
            own.append(edit)
    below, digest = "", []
    if layer != "self":
        for edit in report["log"]:
            if edit["layer"] != LAYERS[LAYERS.index(layer) - 1]:
                continue
            digest.append(edit)
            if edit["field"] == "state" and edit["item"] == "document" and edit["after"] != "draft":
                below = sha256(canonical(digest))
    text = canonical({"below": below, "edits": sha256(canonical(own)), "form": report["instrument"]["id"],
                      "layer": layer})
    return text, last_edit(report, layer, "key"), signature


def der_integer(number):
    data = number.lstrip(b"\0") or b"\0"
    if data[0] & 0x80:
        data = b"\0" + data
    return b"\x02" + bytes([len(data)]) + data


class Signatures(Case):
    def setUp(self):
        super().setUp()
        self.golden = json.loads(GOLDEN.read_text(encoding="utf-8"))

    def save(self, name, report):
        (self.folder / name).write_bytes(canonical(report) + b"\n")
        return name

    def codes(self, *files, exit):
        code, out, err = self.run_command("check", *files, "--as-of", "2026-12-31", "--format", "json")
        self.assertEqual((code, err), (exit, ""))
        return [finding["code"] for finding in json.loads(out)["findings"]]

    def unsigned(self):
        report = copy.deepcopy(self.golden)
        report["log"] = [edit for edit in report["log"] if edit["field"] not in ("key", "signature")]
        return seal(report)

    def openssl(self, key, signature, text):
        """Does openssl, which knows nothing of this program, find the signature right?"""
        # SubjectPublicKeyInfo of an uncompressed point on P-256.
        head = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")
        (self.folder / "key.der").write_bytes(head + b"\x04" + bytes.fromhex(key))
        numbers = der_integer(bytes.fromhex(signature[:64])) + der_integer(bytes.fromhex(signature[64:]))
        (self.folder / "signature").write_bytes(b"\x30" + bytes([len(numbers)]) + numbers)
        (self.folder / "text").write_bytes(text)
        done = subprocess.run(["openssl", "dgst", "-sha256", "-verify", "key.der", "-keyform", "DER", "-signature",
                               "signature", "text"], cwd=self.folder, capture_output=True, check=False)
        return done.returncode == 0

    def test_the_golden_file_is_sealed_as_described(self):
        self.assertEqual(canonical(seal(copy.deepcopy(self.golden))) + b"\n", GOLDEN.read_bytes())

    def test_openssl_verifies_what_the_program_signed(self):
        for layer in ("self", "acceptance"):
            text, key, signature = signed_text(self.golden, layer)
            self.assertTrue(self.openssl(key["after"], signature["after"], text), layer)
            self.assertFalse(self.openssl(key["after"], signature["after"], text + b" "), layer)
        found = self.codes(self.save("a.json", self.golden), exit=1)
        self.assertEqual(found.count("signature-right"), 2)

    def test_the_program_verifies_what_openssl_signed(self):
        report = copy.deepcopy(self.golden)
        run = lambda *arguments: subprocess.run(["openssl", *arguments], cwd=self.folder, capture_output=True,
                                                check=True).stdout
        run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "key.pem")
        last_edit(report, "self", "key")["after"] = run("ec", "-in", "key.pem", "-pubout", "-outform", "DER")[-64:].hex()
        text, _, signature = signed_text(report, "self")
        (self.folder / "text").write_bytes(text)
        der = run("dgst", "-sha256", "-sign", "key.pem", "text")
        size = der[3]
        r, s = der[4:4 + size], der[6 + size:]
        signature["after"] = "".join(number.lstrip(b"\0").rjust(32, b"\0").hex() for number in (r, s))
        found = self.codes(self.save("a.json", seal(report)), exit=1)
        self.assertEqual(found.count("signature-right"), 2)

    def test_a_rewritten_edit_is_told_of_though_all_hashes_fit(self):
        report = copy.deepcopy(self.golden)
        set_note(report, last_note(report, "acceptance"), "改写")
        found = self.codes(self.save("a.json", seal(report)), exit=1)
        self.assertIn("signature-wrong", found)
        self.assertNotIn("layer-altered", found)

    def test_two_files_of_one_document_tell_what_differs_of_a_handed_over_layer(self):
        original = self.unsigned()
        returned = copy.deepcopy(original)
        edit = last_note(returned, "acceptance")
        was = edit["after"]
        set_note(returned, edit, "改写")
        edit["at"] = returned["log"][-1]["at"]
        self.save("original.json", original)
        self.save("returned.json", seal(returned))
        code, out, _ = self.run_command("check", "original.json", "returned.json", "--as-of", "2026-12-31", "--format",
                                        "json")
        self.assertEqual(code, 1)
        differing = [one for one in json.loads(out)["findings"] if one["code"] == "handed-differs"]
        self.assertEqual([(one["document"], one["item"], one["params"]["ours"], one["params"]["theirs"])
                          for one in differing], [("returned.json", edit["item"], was, "改写")])
        code, _, err = self.run_command("merge", "original.json", "returned.json", "-o", "merged.json")
        self.assertEqual(code, 2)
        self.assertIn("returned.json", err)
        self.assertFalse((self.folder / "merged.json").exists())
        self.assertNotIn("handed-differs", self.codes("original.json", "original.json", exit=1))

    def test_unsigned_files_are_called_so_and_stay_as_they_are(self):
        name = self.save("a.json", self.unsigned())
        before = (self.folder / name).read_bytes()
        self.assertIn("signature-none", self.codes(name, exit=1))
        self.done("merge", name, name, "-o", "b.json")
        self.assertEqual((self.folder / "b.json").read_bytes(), before)

    def test_old_codes_and_new_ones_are_checked(self):
        new, old = self.save("new.json", self.golden), self.save("old.json", self.unsigned())
        for name, report, size in ((new, self.golden, 16), (old, self.unsigned(), 10)):
            self.assertEqual(len(report["code"]), size)
            self.assertIn("code-fits", self.codes_with(name, report["code"]))
        grouped = "-".join(self.golden["code"][i:i + 4] for i in range(0, 16, 4))
        self.assertIn("code-fits", self.codes_with(new, grouped))
        whole = base32(self.golden["layers"][-1]["hash"], 52)
        self.assertIn("code-fits", self.codes_with(new, "DUIBIAO:2:JILIN-COMMITTEE:2026:R3:" + whole))
        self.assertIn("code-unknown", self.codes_with(new, self.golden["code"][:10]))

    def codes_with(self, name, code):
        _, out, _ = self.run_command("check", name, "--code", code, "--format", "json")
        return [finding["code"] for finding in json.loads(out)["findings"]]


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
