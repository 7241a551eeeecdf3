import { describe, expect, test } from 'vitest'
import { Problem } from '../../shared/errors/index.ts'
import { readReceipts } from './receipts.ts'
import { signedHeaders } from './signature.ts'

const secret = 'the-secret-of-receipts'
const noon = Date.UTC(2026, 7, 5, 4)

function receive(payload: unknown, now = noon) {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const { receipts, fault } = readReceipts({
    secret,
    headers: signedHeaders(secret, 'call-1', body, noon),
    body,
    now,
  })
  if (fault !== null) throw fault
  return receipts
}

function problemOf(action: () => unknown): Problem {
  try {
    action()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('no problem was told')
}

describe('a receipt', () => {
  test('is read alone or in a list, its time as a number or a text', () => {
    expect(receive({ id: 'r1', type: 'delivered', messageId: 'm1', at: noon })).toEqual([
      { id: 'r1', type: 'delivered', messageId: 'm1', at: noon },
    ])
    const list = [
      {
        id: 'r2',
        type: 'failed',
        providerId: 'gw-1',
        text: 'number is off',
        at: '2026-08-05T12:00:00+08:00',
      },
      { id: 'r3', type: 'replied', from: '13800000001', text: 'TD' },
    ]
    expect(receive(list)).toEqual([{ ...list[0], at: noon }, list[1]])
  })

  test.each([
    [{ id: 'r1', type: 'delivered' }, 'messageId'],
    [{ id: 'r1', type: 'replied', text: 'T' }, 'from'],
    [{ id: 'r1', type: 'replied', from: '138' }, 'text'],
    [{ type: 'opened', messageId: 'm1' }, 'id'],
    [{ id: 'r1', type: 'read', messageId: 'm1' }, 'type'],
    [{ id: 'r1', type: 'opened', messageId: 'm1', at: 'yesterday' }, 'at'],
    [
      [
        { id: 'r1', type: 'opened', messageId: 'm1' },
        { id: 'r2', type: 'opened' },
      ],
      '1.messageId',
    ],
    ['no json', ''],
    [[], ''],
  ])('with a fault says where it is: %j', (payload, place) => {
    const problem = problemOf(() => receive(payload))
    expect(problem.code).toBe('invalid-request')
    expect(problem.place ?? '').toBe(place)
  })

  test('with a field we do not know is refused, not half read', () => {
    expect(problemOf(() => receive({ id: 'r1', type: 'opened', messageId: 'm1', more: 1 })).code).toBe(
      'invalid-request',
    )
  })

  test('signed by somebody else, changed on its way or too old is not read', () => {
    const body = JSON.stringify({ id: 'r1', type: 'opened', messageId: 'm1' })
    const forged = signedHeaders('another secret', 'call-1', body, noon)
    expect(problemOf(() => readReceipts({ secret, headers: forged, body, now: noon })).code).toBe(
      'signature-invalid',
    )
    expect(problemOf(() => readReceipts({ secret, headers: {}, body, now: noon })).code).toBe(
      'signature-invalid',
    )
    const headers = signedHeaders(secret, 'call-1', body, noon)
    expect(problemOf(() => readReceipts({ secret, headers, body: `${body} `, now: noon })).code).toBe(
      'signature-invalid',
    )
    expect(problemOf(() => receive(body, noon + 301_000)).code).toBe('signature-expired')
    expect(receive(body, noon + 300_000)).toHaveLength(1)
  })
})
