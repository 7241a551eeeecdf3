import { type TestClock, testClock } from '../clock.ts'
import { callbackCall, friendAdded } from '../peers/wecom-callbacks.ts'
import { startWecomPeer, type WecomPeer, type WecomPeerOptions } from '../peers/wecom-peer.ts'
import { openTestApp, startAt, type TestApp } from './harness.ts'

export const corp = {
  corpId: 'ww1234567890abcdef',
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
}
const secret = 'secret-of-customer-contact'
const agent = { agentSecret: 'secret-of-the-app', agentId: '1000002' }

export interface WecomBrand {
  readonly clock: TestClock
  readonly peer: WecomPeer
  readonly server: TestApp
  /** WeCom calls, and what came of it is done. */
  tell(fields: Parameters<typeof callbackCall>[1]): Promise<unknown>
  /** All that is due is done, and what goes on beside it. */
  settled(): Promise<void>
  /** Somebody adds an employee by a code with a state. */
  add(customer: string, employee?: string, state?: string): Promise<unknown>
  close(): Promise<void>
}

/** A live brand over a temporary folder, beside a WeCom of its own. */
export async function openWecomBrand(more: Partial<WecomPeerOptions> = {}): Promise<WecomBrand> {
  const clock = testClock(startAt)
  const peer = await startWecomPeer({ corpId: corp.corpId, secret, ...agent, now: clock.now, ...more })
  const server = await openTestApp({ mode: 'live', clock })
  await server.ask('PUT', '/settings/channels/wecom', {
    ...{ corpId: corp.corpId, contactSecret: secret, callbackToken: corp.token, callbackAesKey: corp.aesKey },
    ...{ ...agent, apiUrl: peer.url, allowPrivate: true },
  })
  const settled = async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      await server.own.stir()
      await server.own.settle()
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
  }
  const tell = async (fields: Parameters<typeof callbackCall>[1]) => {
    const { query, body } = callbackCall(corp, fields, clock.now())
    const type = { 'content-type': 'text/xml' }
    const answer = await server.ask('POST', `/hooks/own/wecom?${query}`, body, type)
    await settled()
    return answer
  }
  return {
    ...{ clock, peer, server, tell, settled },
    add(customer, employee = 'li', state = 'store') {
      const code = peer.befriend(customer, employee, { name: `客户${customer}`, state })
      return tell(friendAdded({ customer, employee, at: clock.now(), state, code }))
    },
    async close() {
      await server.close()
      await peer.close()
    },
  }
}
