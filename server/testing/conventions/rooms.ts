import { type Import, isTest, packageOf, target } from './source.ts'

/** `type X` among what a room may import: its types only, as an interface, not its code. */
type Rights = Readonly<Record<string, readonly string[]>>

const words = [
  'shared/text.ts',
  'shared/limits.ts',
  'shared/sound.ts',
  'shared/errors',
  'shared/decimal.ts',
  'shared/money.ts',
  'shared/csv.ts',
]

const outfit = [
  'shared',
  'type server/customers',
  'type server/persons',
  'type server/journeys',
  'type server/messages',
  'type server/settings',
  'server/ports',
  'server/engine',
  'server/dispatch',
  'server/requests',
  'server/rehearsal',
  'server/analytics',
  'server/store',
  'server/clock',
  'server/ai',
  'server/channels',
  'server/sandbox',
  'server/imports',
  'server/models',
  'server/webhooks',
  'server/wechat',
  'server/wecom',
  'server/picks',
  'server/staff',
  'server/work',
  'server/threads.ts',
  'server/within.ts',
]

/** The table of limits is made of these, which know nothing of each other. */
const limitParts = [
  'condition',
  'content',
  'coupon',
  'delivery',
  'erasure',
  'exchange',
  'growth',
  'login',
  'mail',
  'model',
  'person',
  'pick',
  'referral',
  'request',
  'staff',
  'tracking',
  'wait',
  'work',
].map((name) => `shared/${name}-limits.ts`)

/**
 * Who may import what. A room's own files are always allowed; a folder stands for all below it, a name
 * with an extension for that file. The first entry that fits a file is its room; what fits none stands
 * outside the house.
 */
export const rights: Rights = {
  'shared/limits.ts': limitParts,
  ...Object.fromEntries(limitParts.map((part) => [part, []])),
  'shared/limits.test.ts': ['shared/limits.ts'],
  'shared/sound.ts': [],
  'shared/sound.test.ts': ['shared/sound.ts'],
  'shared/text.ts': ['shared/limits.ts'],
  'shared/decimal.ts': [],
  'shared/csv.ts': [],
  'shared/csv.test.ts': ['shared/csv.ts'],
  'shared/money.ts': ['shared/text.ts', 'shared/decimal.ts'],
  'shared/money.test.ts': ['shared/decimal.ts', 'shared/money.ts'],
  // What the server watches about itself.
  'shared/signs.ts': ['shared/text.ts', 'shared/errors'],
  'shared/signs.test.ts': ['shared/signs.ts', 'shared/errors'],
  // What is done for the data each night.
  'shared/chores.ts': ['shared/text.ts'],
  'shared/errors': ['shared/text.ts', 'shared/limits.ts'],
  'shared/audit': ['shared/text.ts'],
  'shared/stats': words,
  'shared/calendar': words,
  // What customers will do, reckoned from what they did: pure mathematics.
  'shared/models': [...words, 'shared/calendar', 'shared/channels', 'shared/stats'],
  // Who is one person over many identifiers; of logins server/identity knows.
  'shared/persons': words,
  // Where the values of a customer came from: pure.
  'shared/origins': [...words, 'shared/audit'],
  'shared/journey': [
    ...words,
    'shared/assets',
    'shared/calendar',
    'type shared/channels',
    'shared/conditions',
    'shared/contents',
    'shared/coupons',
    'shared/persons',
    'shared/referrals',
    'shared/stats',
    'type shared/nodes',
  ],
  // What to show a customer of what the brand sells: pure.
  'shared/picks': [...words, 'shared/models'],
  'shared/conditions': [...words, 'shared/calendar', 'shared/models', 'shared/stats'],
  // Pictures that messages carry: pure, and without their bytes.
  'shared/assets': words,
  // What the brand's library holds, and which of it is for whom: pure.
  'shared/contents': [...words, 'shared/calendar', 'shared/conditions', 'shared/models'],
  // Who gets which customer, by rule: pure, from counters that are given.
  'shared/staff': [...words, 'shared/conditions'],
  // What coupons there are, how their codes are made and how long they are valid: pure.
  'shared/coupons': [...words, 'shared/calendar'],
  // The ledger of points: its kinds of lines, how long they last and what is left of each.
  'shared/points': [...words, 'shared/calendar'],
  // Who may invite whom for what, and what the page of an invitation says: pure.
  'shared/referrals': [...words, 'shared/assets', 'shared/calendar', 'shared/coupons'],
  'shared/channels': words,
  // A mail as blocks, and as MJML: pure.
  'shared/mail': [...words, 'shared/stats'],
  // What nodes decide, as data: effects, and the reasons that tell them.
  'shared/effects': [...words, 'shared/channels', 'shared/coupons', 'shared/points'],
  'shared/message': [
    ...words,
    'shared/assets',
    'shared/calendar',
    'shared/channels',
    'shared/conditions',
    'shared/contents',
    'shared/journey',
    'shared/mail',
  ],
  'shared/nodes': [
    ...words,
    'shared/assets',
    'shared/calendar',
    'shared/channels',
    'shared/conditions',
    'shared/contents',
    'shared/coupons',
    'shared/points',
    'shared/effects',
    'shared/journey',
    'shared/mail',
    'shared/message',
    'shared/referrals',
    'shared/stats',
    'shared/picks',
  ],
  'shared/compile': [
    ...words,
    'shared/assets',
    'shared/calendar',
    'shared/channels',
    'shared/conditions',
    'shared/contents',
    'shared/coupons',
    'shared/points',
    'shared/effects',
    'shared/journey',
    'shared/message',
    'shared/models',
    'shared/nodes',
    'shared/picks',
    'shared/referrals',
  ],
  'shared/preview': [
    ...words,
    'shared/compile',
    'shared/effects',
    'shared/journey',
    'shared/nodes',
    'shared/run',
    'shared/picks',
  ],
  'shared/run': [
    ...words,
    'shared/calendar',
    'shared/channels',
    'shared/compile',
    'shared/conditions',
    'shared/coupons',
    'shared/points',
    'shared/effects',
    'shared/journey',
    'shared/message',
    'shared/nodes',
    'shared/stats',
    'shared/picks',
  ],
  'shared/api': ['shared'],
  'shared/testing': ['shared'],

  'server/within.ts': [],
  'server/threads.ts': ['shared', 'server/within.ts'],
  'server/stop.ts': ['shared', 'server'],
  // The only place that reads the machine's clocks.
  'server/clock': ['shared', 'server/ports'],
  'server/analytics': ['shared', 'server/ports'],
  // Use cases: (actor, command) -> result, behind the ports.
  'server/journeys': ['shared', 'server/ports', 'server/engine', 'type server/rehearsal'],
  'server/identity': ['shared', 'server/ports'],
  'server/customers': ['shared', 'server/ports', 'type server/imports'],
  'server/persons': ['shared', 'server/ports', 'server/engine'],
  // Visits of web pages; who the visitor is, is for the persons to say.
  'server/tracking': ['shared', 'server/ports', 'server/persons'],
  'server/audiences': ['shared', 'server/ports'],
  'server/messages': ['shared', 'server/ports', 'server/engine', 'type server/ai', 'type server/channels'],
  'server/tasks': ['shared', 'server/ports'],
  'server/models': ['shared', 'server/ports'],
  // What of the incoming data does not look right.
  'server/quality': ['shared', 'server/ports', 'server/imports'],
  // What other systems are told.
  'server/webhooks': ['shared', 'server/ports', 'type server/channels'],
  // Followers of the official account in WeChat: what it tells is done as what WeCom does.
  'server/wechat': ['shared', 'server/ports', 'type server/channels'],
  // Friends and broadcasts in WeCom.
  'server/wecom': ['shared', 'server/ports', 'type server/channels'],
  'server/picks': ['shared', 'server/ports'],
  // The library of contents.
  'server/contents': ['shared', 'server/ports'],
  // Whoever presses a link of a message, or opens an e-mail.
  'server/links': ['shared', 'server/ports'],
  // Pictures that messages carry: what a file is, made anew of its pixels.
  'server/assets': ['shared', 'server/ports'],
  'server/coupons': ['shared', 'server/ports'],
  'server/points': ['shared', 'server/ports'],
  // Links, posters and pages by which customers invite others.
  'server/referrals': ['shared', 'server/ports'],
  'server/staff': ['shared', 'server/ports'],
  'server/settings': ['shared', 'server/ports', 'type server/channels', 'type server/ai'],
  // What the shell's rooms ask of the store: interfaces at batch grain, without a word of SQL.
  'server/ports': ['shared'],
  'server/rehearsal': ['shared', 'server/ports', 'server/clock'],
  'server/engine': ['shared', 'server/ports'],
  'server/dispatch': ['shared', 'server/ports', 'type server/channels'],
  'server/requests': ['shared', 'server/ports', 'type server/ai', 'type server/channels'],
  'server/store': ['shared', 'server/ports', 'server/analytics'],
  'server/channels': ['shared', 'type server/ports', 'type server/dispatch', 'type server/store'],
  // The model is reached through the guard of the channels.
  'server/ai': ['shared', 'server/channels', 'server/clock', 'type server/ports', 'type server/requests'],
  'server/imports': ['shared', 'type server/ports', 'server/store'],
  // Use cases worked out beside the server, each within its bounds; what has them done is the brand.
  'server/work': [
    'shared',
    'server/ports',
    'server/audiences',
    'server/contents',
    'server/customers',
    'server/imports',
    'server/journeys',
    'server/messages',
    'server/quality',
    'type server/rehearsal',
    'server/threads.ts',
  ],
  // Seeds the demo, which is history, and moves its clock: of the engine it knows nothing.
  'server/sandbox': ['shared', 'server/store', 'server/ports'],
  // One brand at work: where engine, store, channels, model and clock are put together.
  'server/brand': outfit,
  // Parse, call, answer: a route asks a use case, and never the store.
  'server/routes': [
    'shared',
    'server/journeys',
    'server/customers',
    'server/audiences',
    'server/messages',
    'server/settings',
    'server/tasks',
    'server/models',
    'server/persons',
    'server/tracking',
    'server/webhooks',
    'server/wechat',
    'server/wecom',
    'server/staff',
    'server/identity',
    'server/http',
    'server/mail',
    'server/dispatch',
    'server/imports',
    'type server/ports',
    'type server/brand',
    'type server/channels',
    'type server/work',
    'server/picks',
    'server/contents',
    'server/assets',
    'server/links',
    'server/coupons',
    'server/points',
    'server/referrals',
  ],
  // Blocks of a mail by MJML, whose library no other room loads.
  'server/mail': ['shared'],
  // What all routes share: the app, sessions, problems as HTTP, the API's documents.
  'server/http': ['shared', 'server/ports', 'server/clock', 'type server/brand', 'type server/work'],
  // Commands open a brand's database themselves: nothing serves it meanwhile.
  'server/cli': [
    'shared',
    'server/ports',
    'server/analytics',
    'server/imports',
    'server/models',
    'server/rehearsal',
    'server/store',
    'server/work',
    'server/picks',
  ],
  'server/setup': [],
  'server/testing': ['shared', 'server'],
  'server/bench': ['shared', 'server'],
  'server/log.ts': [],
  'server/environment.ts': ['shared', 'server/ai', 'server/log.ts', 'server/store'],
  'server/main.ts': ['shared', 'server'],
  'server/app.ts': ['shared', 'server'],

  'web/locales': ['shared', 'web/ui/preferences.ts'],
  'web/theme': ['web/ui/preferences.ts'],
  'web/api': ['shared', 'web/locales'],
  'web/ui': ['shared', 'web/locales', 'web/theme'],
  'web/store': ['shared'],
  'web/commands': ['shared', 'web/store', 'web/locales', 'web/ui'],
  'web/conditions': ['shared', 'web/ui', 'web/store', 'web/locales', 'web/theme'],
  'web/nodes': ['shared', 'web/ui', 'web/conditions', 'web/store', 'web/locales', 'web/theme'],
  'web/canvas': [
    'shared',
    'web/ui',
    'web/store',
    'web/commands',
    'web/locales',
    'web/theme',
    'web/api',
    'web/nodes/index.ts',
  ],
  'web/pages': [
    'shared',
    'web/api',
    'web/canvas',
    'web/commands',
    'web/conditions',
    'web/locales',
    'web/nodes',
    'web/store',
    'web/theme',
    'web/ui',
  ],
  'web/app': ['shared', 'web/api', 'web/locales', 'web/pages', 'web/theme', 'web/ui'],
  // What other sites load: nothing of ours is in it.
  'web/tracking': [],
  'web/main.tsx': ['shared', 'web'],
  'web/e2e': ['shared'],

  'vite.config.ts': [],
  'drizzle.config.ts': [],
  'drizzle.installation.config.ts': [],
}

/** Where SQL is built; the benchmark measures the bare driver beside us. */
const sqlRooms = ['server/store', 'server/analytics', 'server/bench']
const sqlPackages = /^(drizzle-orm|better-sqlite3)$/
/** The analytical copy crashes or fills up without taking anybody along: who loads it is a process of its own. */
const copyPackage = '@duckdb/node-api'
const copyRooms = ['server/analytics/copy', 'server/bench']

const within = (path: string, place: string) => path === place || path.startsWith(`${place}/`)

/** The room a file is in, or undefined where the design knows none. */
export const roomOf = (path: string) => Object.keys(rights).find((room) => within(path, room))

/** What every node type may ask of its own room. */
const shownToNodes = ['type', 'entrance', 'asking', 'colleague', 'deferring', 'recall', 'variables'].map(
  (name) => `shared/nodes/${name}.ts`,
)
const nodeContract = [...shownToNodes, 'shared/nodes/index.ts']

/** The type that a file of the room belongs to: the file of its name, or a folder of its parts, as a long one has. */
const nodeTypeOf = (path: string) => /^shared\/nodes\/([^/.]+)/.exec(path)?.[1]

function siblingProblem(path: string, to: string): string | undefined {
  const between = within(path, 'shared/nodes') && within(to, 'shared/nodes')
  if (!between || nodeContract.includes(path) || shownToNodes.includes(to)) return undefined
  if (nodeTypeOf(path) === nodeTypeOf(to)) return undefined
  return 'a node type imports no other; what they share lives in type.ts or another room'
}

function packageProblem(path: string, { from, typeOnly }: Import): string | undefined {
  const name = packageOf(from)
  const browser = within(path, 'shared') || within(path, 'web')
  if (browser && from.startsWith('node:'))
    return 'this room also runs in a browser, which has no node: modules'
  if (
    name !== undefined &&
    sqlPackages.test(name) &&
    !typeOnly &&
    !sqlRooms.some((room) => within(path, room))
  ) {
    return 'only server/store and server/analytics speak SQL'
  }
  if (name === copyPackage && !typeOnly && !copyRooms.some((room) => within(path, room)))
    return 'only the analytical copy opens DuckDB'
  return undefined
}

function roomProblem(path: string, { from, typeOnly }: Import): string | undefined {
  const to = target(path, from)
  if (to === undefined) return undefined
  const room = roomOf(path)
  if (room === undefined) return 'this folder is no room of the house'
  const allowed = [room, ...(rights[room] ?? [])]
  if (allowed.some((place) => within(to, place))) return undefined
  if (typeOnly && allowed.some((place) => within(`type ${to}`, place))) return undefined
  return `${room} may not import ${to}`
}

/** A test may look at whatever stands on its side of the house, read files and ask the database. */
function testProblem(path: string, { from }: Import): string | undefined {
  const to = target(path, from)
  if (to === undefined) return undefined
  const side = path.split('/')[0]
  if (side === 'shared' && !within(to, 'shared')) return 'a test in shared may import shared alone'
  if (side === 'server' && within(to, 'web')) return 'server and web never import each other'
  if (side === 'web' && within(to, 'server')) return 'server and web never import each other'
  return undefined
}

const testRooms = ['shared/testing', 'server/testing', 'server/bench', 'web/e2e']

/** Why a file may not have an import; undefined where it may. */
export function importProblem(path: string, found: Import): string | undefined {
  if (packageOf(found.from) === 'better-sqlite3' && !found.typeOnly) {
    return 'the driver that the running Node needs is chosen by server/store/sqlite/driver.ts'
  }
  if (isTest(path)) return testProblem(path, found)
  const to = target(path, found.from)
  if (to !== undefined && (isTest(to) || testRooms.some((room) => within(to, room)))) {
    return 'the product imports nothing of its tests'
  }
  const rule = packageProblem(path, found) ?? roomProblem(path, found)
  return rule ?? (to === undefined ? undefined : siblingProblem(path, to))
}
