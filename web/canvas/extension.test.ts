import { Gift } from 'lucide-react'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { journeySchema } from '../../shared/journey/graph.ts'
import { nodeTypes } from '../../shared/nodes/index.ts'
import { defineNode, registryOf } from '../../shared/nodes/type.ts'
import { addNode } from '../commands/add-node.ts'
import { defineCard } from '../nodes/card.ts'
import { allCards } from '../nodes/index.ts'
import { createDocument } from '../store/document.ts'
import { paletteItems } from './palette/items.ts'
import { flowNodes } from './surface/flow.ts'

const config = z.strictObject({ points: z.int().min(1) })
type Config = z.infer<typeof config>

/** A type that the product does not have: one file in shared/nodes, one here, a line in each index. */
const points = defineNode<Config>({
  type: 'points',
  role: 'step',
  category: 'touch',
  name: { 'zh-CN': '送积分', en: 'Points' },
  help: { 'zh-CN': '给客户加积分', en: 'Give the customer points' },
  config,
  defaults: () => ({ points: 100 }),
  ports: () => [{ id: 'given', name: { 'zh-CN': '已送', en: 'Given' } }],
  describe: ({ points: count }, { locale }) => (locale === 'en' ? `${count} points` : `送 ${count} 积分`),
})
const card = defineCard<Config>({
  icon: Gift,
  figures: (numbers) => [{ label: 'arrived', value: numbers.in }],
  fields: { points: () => 'Points' },
  form: () => null,
})
const types = registryOf([...Object.values(nodeTypes), points])
const cards = new Map([...allCards, ['points', card.erased] as const])

test('a new node type is in the palette, on the canvas and connected as soon as it is registered', () => {
  const items = paletteItems(types, cards)
  expect(items.find(({ key }) => key === 'points')?.name.en).toBe('Points')
  const journey = journeySchema.parse({ format: 1, id: 'spring', name: { en: 'Spring' }, nodes: {} })
  const document = createDocument(journey)
  const view = {
    middle: () => ({ x: 0, y: 0 }),
    fit: () => undefined,
    begin: () => undefined,
    reveal: () => undefined,
  }
  const context = { document, types, view, clipboard: { content: null } }
  for (const key of ['manual', 'points', 'exit']) {
    const item = items.find((one) => one.key === key)
    if (item) void addNode.run(context, { seed: item.seed(), at: null })
  }
  const drawn = document.getState().journey
  expect(drawn.edges).toEqual({ 'manual-1': { entered: 'points-1' }, 'points-1': { given: 'exit-1' } })
  expect(flowNodes(drawn, [], [], types)[1]?.handles?.map(({ id }) => id)).toEqual(['in', 'given'])
})
