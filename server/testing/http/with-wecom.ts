import { type TestClock, testClock } from '../clock.ts'
import { type CallbackFlaw, callbackCall, friendAdded } from '../peers/wecom-callbacks.ts'
import { startWecomPeer, type WecomPeer } from '../peers/wecom-peer.ts'
import { type Answered, openTestApp, startAt, type TestApp } from './harness.ts'

export const corp = {
  corpId: 'ww1234567890abcdef',
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
}
const secret = 'secret-of-customer-contact'

/** A server in real time, whose WeCom is the peer. */
export interface WithWecom {
  readonly clock: TestClock
  readonly peer: WecomPeer
  readonly server: TestApp
  /** All that is due is done, and what goes on beside it. */
  settled(): Promise<void>
  /** WeCom calls, and what came of it is done. */
  tell(fields: Parameters<typeof callbackCall>[1], flaw?: CallbackFlaw): Promise<Answered<unknown>>
  /** Somebody adds an employee by a code with a state. */
  add(customer: string, employee?: string, state?: string): Promise<Answered<unknown>>
  close(): Promise<void>
}

export async function openWithWecom(): Promise<WithWecom> {
  const clock = testClock(startAt)
  const peer = await startWecomPeer({ corpId: corp.corpId, secret, now: clock.now })
  const server = await openTestApp({ mode: 'live', clock })
  const fields = {
    ...{ corpId: corp.corpId, contactSecret: secret, callbackToken: corp.token, callbackAesKey: corp.aesKey },
    ...{ apiUrl: peer.url, allowPrivate: true },
  }
  const saved = await server.ask('PUT', '/settings/channels/wecom', fields)
  if (saved.status !== 200) throw new Error(`the settings are refused: ${saved.text}`)

  const settled = async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      await server.own.stir()
      await server.own.settle()
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
  }
  const tell: WithWecom['tell'] = async (told, flaw = {}) => {
    const { query, body } = callbackCall(corp, told, clock.now(), flaw)
    const answer = await server.ask('POST', `/hooks/own/wecom?${query}`, body, { 'content-type': 'text/xml' })
    await settled()
    return answer
  }
  return {
    ...{ clock, peer, server, settled, tell },
    add: (customer, employee = 'li', state = 'store') => {
      const code = peer.befriend(customer, employee, { name: `客户${customer}`, state })
      return tell(friendAdded({ customer, employee, at: clock.now(), state, code }))
    },
    close: async () => {
      await server.close()
      await peer.close()
    },
  }
}
