import { expect, test } from 'vitest'
import { createLog } from '../../log.ts'

test('rule 20: no log names a customer, by id, address or words, even where a caller puts one in', () => {
  const lines: string[] = []
  const log = createLog('info', false, { write: (line) => lines.push(line) })
  const person = { customer: 'KX-20771', customerId: 'KX-20771', phone: '13912345678', text: '欧阳慕雪' }
  log.warn(person, 'something about somebody')
  log.error({ journey: 'gift', message: { ...person, to: 'm@example.org' } }, 'within something')
  expect(lines).toHaveLength(2)
  expect(lines.join('')).not.toMatch(/KX-20771|13912345678|欧阳|example/)
  expect(lines.join('')).toContain('"journey":"gift"')
})
