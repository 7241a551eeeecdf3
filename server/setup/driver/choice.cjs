const major = Number(process.versions.node.split('.')[0])

/** better-sqlite3 13 crashes before Node 22, and 12 ends the process on Node 24.19 and later. */
exports.needsOlder = major < 22
