const { needsOlder } = require('./choice.cjs')

const older = `${__dirname}/node20/node_modules/better-sqlite3`

/** @type {typeof import('better-sqlite3')} */
const driver = require(needsOlder ? older : 'better-sqlite3')

module.exports = driver
