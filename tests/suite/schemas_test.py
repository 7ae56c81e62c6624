"""Every schema is a schema, and every shipped file of its kind follows it.

assets/schema/instrument.schema.json describes the forms of format 1 in assets/instruments/ and assets/campaign/,
scored-form.schema.json those of format 2; doors.schema.json assets/doors/; report.schema.json those of
assets/examples/*.json that are reports (they have a "format" that names one).
"""

import json
import sys
from pathlib import Path

import jsonschema

failures = 0
FORMATS = {"instrument": 1, "scored-form": 2}


def load(path: Path) -> object:
    return json.loads(path.read_text(encoding="utf-8"))


def check(schema_path: Path, files: list[Path]) -> None:
    global failures
    schema = load(schema_path)
    validator_class = jsonschema.validators.validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(schema)
    for file in files:
        for error in validator.iter_errors(load(file)):
            failures += 1
            print(f"{file}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
    print(f"{schema_path.name}: {len(files)} files")


schemas = sorted(Path("assets/schema").glob("*.schema.json"))
for schema in schemas:
    kind = schema.name.removesuffix(".schema.json")
    if kind in FORMATS:
        forms = [*Path("assets/instruments").glob("*.json"), *Path("assets/campaign").glob("*.json")]
        check(schema, sorted(form for form in forms if load(form)["format_version"] == FORMATS[kind]))
    elif kind == "doors":
        check(schema, sorted(Path("assets/doors").glob("*.json")))
    else:
        examples = sorted(Path("assets/examples").glob("*.json"))
        check(schema, [file for file in examples if kind in str(load(file).get("format", ""))])
if not schemas:
    print("no schema yet")
sys.exit(1 if failures else 0)
