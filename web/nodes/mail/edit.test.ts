import { expect, test } from 'vitest'
import { allBlocks, type MailDocument, usualLook } from '../../../shared/mail/blocks.ts'
import { duplicated, freeId, freshBlock, moved, nudged, withBlock, withoutBlock } from './edit.ts'

const at = (document: MailDocument) => document.blocks.map(({ id }) => id).join(' ')
const mail: MailDocument = {
  look: usualLook,
  preheader: null,
  blocks: [
    freshBlock.heading('a'),
    { ...freshBlock.columns('c'), columns: [[freshBlock.text('l')], [freshBlock.button('r')]] },
    freshBlock.footer('f'),
  ],
}

test('a block goes where it is dragged, told by the places as they were', () => {
  expect(at(moved(mail, 'a', { list: 'mail', index: 2 }))).toBe('c a f')
  expect(at(moved(mail, 'f', { list: 'mail', index: 0 }))).toBe('f a c')
  const into = moved(mail, 'a', { list: 'c.1', index: 0 })
  expect(at(into)).toBe('c f')
  expect(allBlocks(into.blocks).map(({ id }) => id)).toEqual(['c', 'l', 'a', 'r', 'f'])
  expect(at(moved(into, 'a', { list: 'mail', index: 2 }))).toBe('c f a')
})

test('columns and footers do not go into columns, and nothing is lost by the try', () => {
  expect(moved(mail, 'f', { list: 'c.0', index: 0 })).toBe(mail)
  expect(moved(mail, 'c', { list: 'c.0', index: 0 })).toBe(mail)
})

test('the keyboard moves a block one step, and not beyond the ends', () => {
  expect(at(nudged(mail, 'a', 1))).toBe('c a f')
  expect(at(nudged(mail, 'f', -1))).toBe('a f c')
  expect(nudged(mail, 'a', -1)).toBe(mail)
  expect(nudged(mail, 'f', 1)).toBe(mail)
})

test('a copy has ids of its own, those within columns too', () => {
  const { document, id } = duplicated(mail, 'c')
  const ids = allBlocks(document.blocks).map((one) => one.id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toHaveLength(8)
  expect(document.blocks[2]?.id).toBe(id)
})

test('what is added has a free id, and what is taken away leaves the rest', () => {
  const id = freeId(mail)
  const grown = withBlock(mail, freshBlock.divider(id), { list: 'mail', index: 1 })
  expect(at(grown)).toBe(`a ${id} c f`)
  expect(at(withoutBlock(grown, id))).toBe('a c f')
  expect(allBlocks(withoutBlock(mail, 'l').blocks)).toHaveLength(4)
})
