import { expect, test } from 'vitest'
import { nodeTypes } from '../../../shared/nodes/index.ts'
import { sources } from './source.ts'

const paths = new Set(sources.map(({ path }) => path))
const fileOf = (type: string, end: string) => `shared/nodes/${type.replaceAll('_', '-')}${end}`

test('each node type stands in a file of its name, and whatever decides has a test of its own', () => {
  for (const [type, { erased }] of Object.entries(nodeTypes)) {
    expect(paths, type).toContain(fileOf(type, '.ts'))
    if (erased.decide !== undefined) expect(paths, type).toContain(fileOf(type, '.test.ts'))
  }
})
