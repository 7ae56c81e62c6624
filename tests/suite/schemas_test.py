"""Every schema is a schema, and every shipped file of its kind follows it.

assets/schema/instrument.schema.json describes assets/instruments/ and assets/campaign/; assets/schema/report.schema.json describes
those of assets/examples/*.json that are reports (they have a "format" that names one).
"""

import json
import sys
from pathlib import Path

import jsonschema

failures = 0


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
    if kind == "instrument":
        check(schema, sorted(Path("assets/instruments").glob("*.json")) + sorted(Path("assets/campaign").glob("*.json")))
    else:
        examples = sorted(Path("assets/examples").glob("*.json"))
        check(schema, [file for file in examples if kind in str(load(file).get("format", ""))])
if not schemas:
    print("no schema yet")
sys.exit(1 if failures else 0)
