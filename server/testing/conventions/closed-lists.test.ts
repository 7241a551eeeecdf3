import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from './source.ts'

/** A member added to a closed list, and the places that must answer for it before the house compiles again. */
interface Addition {
  readonly file: string
  readonly list: string
  readonly member: string
  readonly places: readonly string[]
}

const additions: Readonly<Record<string, Addition>> = {
  'an effect': {
    file: 'shared/effects/index.ts',
    list: 'const byKind = {',
    member: "  call: { kind: 'call', schema: {} as z.ZodType<{ kind: 'call' }>, reported: true },",
    places: [
      // What later rounds see, what is counted, which reason tells it.
      'shared/effects/index.ts',
      'server/store/sqlite/enrollments/commit.ts',
      'server/rehearsal/tally.ts',
    ],
  },
  'a channel': {
    file: 'shared/channels/index.ts',
    list: 'const byId = {',
    member: "  voice: { ...sms, id: 'voice' },",
    // The list itself, whose codes it answers with, how it is built, its settings, its picture.
    places: [
      'shared/channels/index.ts',
      'shared/channels/codes/index.ts',
      'server/channels/index.ts',
      'web/nodes/send/looks.ts',
      'web/pages/settings/ChannelsTab.tsx',
    ],
  },
  'a reason': {
    file: 'shared/effects/reasons.ts',
    list: 'export const sharedReasons = [',
    member: "  'answered',",
    places: ['web/pages/customers/story.ts', 'shared/run/replay.ts'],
  },
  'a kind of entrance': {
    file: 'shared/nodes/entrance.ts',
    list: 'interface Entrances {',
    member: "  joined: { readonly kind: 'joined'; readonly audience: string }",
    places: [
      'shared/compile/prove.ts',
      'shared/compile/check-passage.ts',
      'shared/compile/check-texts.ts',
      'shared/compile/check-journeys.ts',
      // Opened by the clock, by an event, by hand.
      'server/engine/schedule.ts',
      'server/engine/event-entry.ts',
      // By joining or leaving, by what is not done, and how whoever was noted comes in.
      'server/engine/audience-watch.ts',
      'server/engine/absence.ts',
      'server/engine/coming.ts',
      'server/store/sqlite/entering/triggers.ts',
      'server/store/sqlite/entering/meanwhile.ts',
      'shared/run/enter.ts',
      'server/store/sqlite/journeys/own-days.ts',
      'server/rehearsal/entrants.ts',
      'server/rehearsal/entries.ts',
      'server/rehearsal/pasts.ts',
      'server/journeys/why/circumstances.ts',
      'server/rehearsal/others.ts',
      'server/rehearsal/doors.ts',
      'server/rehearsal/comings.ts',
      'server/messages/preview/scene.ts',
      'server/messages/preview/brought.ts',
      'web/canvas/publish/PublishFacts.tsx',
      'web/canvas/rehearsal/useRehearsal.ts',
    ],
  },
  'a kind of address': {
    file: 'shared/channels/definition.ts',
    list: 'export type AddressKind =',
    member: "  'device' |",
    places: [
      'shared/channels/reach.ts',
      'shared/run/breaker.ts',
      // Where a test of a channel is sent.
      'server/messages/delivery-test.ts',
      'web/pages/delivery/TestDialog.tsx',
    ],
  },
  'a kind of consent': {
    file: 'shared/channels/definition.ts',
    list: 'export type ConsentKind =',
    member: "  'wecom' |",
    places: ['shared/channels/reach.ts'],
  },
  'what a message is made of': {
    file: 'shared/channels/definition.ts',
    list: 'export type Content =',
    member: "  'voice' |",
    places: ['shared/message/compose.ts', 'web/ui/PhoneMessage.tsx'],
  },
  'a field of settings': {
    file: 'shared/channels/form.ts',
    list: 'export type FieldKind =',
    member: "  'file' |",
    places: ['web/pages/settings/ChannelsTab.tsx', 'web/pages/settings/channel-fields.ts'],
  },
  'a verdict on a message': {
    file: 'server/ports/dispatch.ts',
    list: 'export type Verdict =',
    member: "  | { readonly kind: 'ask' }",
    places: ['server/store/sqlite/messages/outbox.ts'],
  },
  'an end of an attempt': {
    file: 'server/ports/dispatch.ts',
    list: 'readonly status:',
    member: "    'spoken' |",
    places: ['server/store/sqlite/messages/outbox.ts', 'server/store/sqlite/delivery/told.ts'],
  },
  'a question to somebody outside': {
    file: 'shared/effects/requests/index.ts',
    list: 'const byKind = {',
    member: '  voice: model,',
    places: ['server/brand/machine.ts', 'shared/run/move.ts'],
  },
  'a type of attribute': {
    file: 'shared/conditions/types/type.ts',
    list: 'export const attributeTypes = [',
    member: "  'place',",
    places: [
      'shared/conditions/types/type.ts',
      'shared/conditions/types/read.ts',
      'shared/conditions/customer.ts',
      'shared/conditions/compare.ts',
      'shared/conditions/same.ts',
      'shared/compile/check-types.ts',
      'server/analytics/copy/columns-customer.ts',
      'server/analytics/copy/condition-compare.ts',
      'server/analytics/copy/questions-values.ts',
      'server/imports/extras.ts',
      'server/store/sqlite/customers/fields.ts',
      'web/conditions/Comparison.tsx',
      'web/conditions/leaves.tsx',
      'web/conditions/variable.ts',
      'web/pages/customers/EditableFact.tsx',
      'web/pages/fields/TypeSelect.tsx',
      'web/pages/import/Columns.tsx',
    ],
  },
  'a reason why an address is closed': {
    file: 'shared/conditions/customer.ts',
    list: 'export const closures = [',
    member: "  'asleep',",
    places: ['shared/message/gates.ts', 'shared/message/standing.ts', 'web/pages/customers/Head.tsx'],
  },
  'an ending': {
    file: 'shared/effects/reasons.ts',
    list: 'export const endingReasons = [',
    member: "  'drawn',",
    places: ['web/pages/customers/Enrollments.tsx'],
  },
  'a node type': {
    file: 'shared/nodes/index.ts',
    list: 'export const nodeTypes = {',
    member: '  draw: split,',
    // Its card, its sign where no form is loaded, and what of it is words alone.
    places: ['web/nodes/index.ts', 'web/pages/templates/icons.ts', 'shared/run/wording.ts'],
  },
}

let folder: string
let wrong: ReadonlySet<string>

/** Files in which the compiler finds something wrong. */
async function compile(): Promise<Set<string>> {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [tsc, '--noEmit', '--pretty', 'false', '--tsBuildInfoFile', join(folder, 'tsc.tsbuildinfo')],
      { cwd: folder, maxBuffer: 1 << 26 },
      (_e, out) => resolve(out),
    )
  })
  return new Set([...output.matchAll(/^([\w./-]+)\(\d+,\d+\): error/gm)].map(([, file]) => file ?? ''))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'closed-lists-'))
  const kept = (path: string) =>
    !/\.(test|css|sqlite|gz)$|\.test\.tsx?$|node_modules|\.module\.css$/.test(path)
  for (const part of ['shared', 'server', 'web'])
    await cp(join(root, part), join(folder, part), { recursive: true, filter: kept })
  for (const part of ['tsconfig.json', 'package.json', 'vite.config.ts', 'drizzle.config.ts'])
    await cp(join(root, part), join(folder, part))
  await mkdir(join(folder, 'templates'), { recursive: true })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const { file, list, member } of Object.values(additions)) {
    const path = join(folder, file)
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace(list, `${list}\n${member}`))
  }
  wrong = await compile()
}, 300_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

test.each(Object.entries(additions))(
  '%s that is added does not compile until every place has its part',
  (_name, { places }) => {
    expect(places.filter((place) => !wrong.has(place))).toEqual([])
  },
)

test('nothing else is wrong with the copy that was compiled', () => {
  const expected = new Set(Object.values(additions).flatMap(({ places }) => places))
  expect([...wrong].filter((file) => !expected.has(file))).toEqual([])
})
