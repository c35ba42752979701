"""From checked records to signed files that any web server can carry (The Update Framework).

`errors` say what can keep a catalog from being published; `keys` the roles and their keys; `disk`
writes files that outlast a power cut; `edition` is one version and its last checks; `speech` the
recorded sentences that go with it; `signing`, `tree` and `repository` are the signed metadata, from
one signature to the files on disk; `publication` holds the acts, and `kit` a copy to carry on a
stick.
"""
