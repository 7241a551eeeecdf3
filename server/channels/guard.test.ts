import type { LookupFunction } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type GatewayPeer, startHttpGatewayPeer } from '../testing/peers/http-gateway-peer.ts'
import { sampleMessage } from '../testing/peers/sample-message.ts'
import { BlockedAddress, createGuard, type Guard, type GuardOptions, isPublicAddress } from './guard.ts'
import { createWebhookChannel } from './webhook.ts'

const secret = 'a secret of the tests'
const opened: (Guard | GatewayPeer)[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

function guardOf(options: Partial<GuardOptions> = {}): Guard {
  const guard = createGuard({ allowPrivate: false, ...options })
  opened.push(guard)
  return guard
}

/** A resolver that gives one list of addresses after another, the last one for ever. */
function answers(...lists: string[][]): LookupFunction {
  let turn = 0
  return (_name, _options, done) => {
    const list = lists[Math.min(turn, lists.length - 1)] ?? []
    turn += 1
    done(
      null,
      list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
}

function lookUp(guard: Guard, host: string, all = true): Promise<string[]> {
  return new Promise((resolve, reject) => {
    guard.lookup(host, { all }, (error, found) => {
      if (error) reject(error)
      else resolve(typeof found === 'string' ? [found] : found.map(({ address }) => address))
    })
  })
}

describe('an address', () => {
  test.each([
    '127.0.0.1',
    '127.8.8.8',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fec0::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '168.63.129.16',
    'not an address',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  test.each([
    '1.1.1.1',
    '93.184.216.34',
    '223.5.5.5',
    '2400:3200::1',
    '2606:4700:4700::1111',
    '::ffff:1.1.1.1',
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe('the guard', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'https://user:word@example.com/',
  ])('lets no request go to %s', (url) => {
    expect(() => guardOf().agentFor(new URL(url))).toThrow(BlockedAddress)
  })

  test('lets requests go to public addresses and to names, which are looked at when they are looked up', () => {
    const guard = guardOf()
    expect(guard.agentFor(new URL('http://1.1.1.1/'))).toBeDefined()
    expect(guard.agentFor(new URL('https://example.com/'))).toBeDefined()
  })

  test('connects to the public addresses of a name alone', async () => {
    const guard = guardOf({ resolve: answers(['10.0.0.1', '1.1.1.1', '::1', '2606:4700:4700::1111']) })
    expect(await lookUp(guard, 'mixed.example')).toEqual(['1.1.1.1', '2606:4700:4700::1111'])
    expect(await lookUp(guard, 'mixed.example', false)).toEqual(['1.1.1.1'])
  })

  test('looks at the answer of every single look-up, so that a name gains nothing by changing it', async () => {
    const guard = guardOf({ resolve: answers(['1.1.1.1'], ['127.0.0.1']) })
    expect(await lookUp(guard, 'rebind.example')).toEqual(['1.1.1.1'])
    await expect(lookUp(guard, 'rebind.example')).rejects.toThrow(BlockedAddress)
  })

  test('sends not one byte to a server whose name leads to this machine', async () => {
    const peer = await startHttpGatewayPeer({ secret })
    opened.push(peer)
    const guard = guardOf({ resolve: answers(['127.0.0.1']) })
    const channel = createWebhookChannel(
      { secret, allowPrivate: false },
      { guard, now: Date.now, timeouts: { connectMs: 1000, answerMs: 1000 } },
    )
    const results = await channel.send(
      [
        sampleMessage({ key: 'a', to: `http://inside.example:${peer.port}/` }),
        sampleMessage({ key: 'b', to: peer.url }),
        sampleMessage({ key: 'c', to: `http://localhost:${peer.port}/` }),
      ],
      new AbortController().signal,
    )
    expect(results.map((result) => [result.kind, 'code' in result && result.code])).toEqual(
      Array(3).fill(['endpoint', 'blocked-address']),
    )
    expect(peer.requests).toBe(0)
  })

  test.each([
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:169.254.169.254]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://[fd20:ce::254]/',
    'http://168.63.129.16/machine',
    'http://[64:ff9b::169.254.169.254]/',
    'http://[64:ff9b::6464:64c8]/',
    'http://[2002:a9fe:a9fe::]/',
    'http://[::169.254.169.254]/',
    'http://[::ffff:0:169.254.169.254]/',
    'http://[2001:0:53aa:64c::5601:5601]/',
    'http://100.100.100.200/latest/meta-data',
    'http://0.0.0.0/',
    'http://[::]/',
    'http://255.255.255.255/',
  ])('lets no request go to %s, even where one’s own network is allowed', (url) => {
    expect(() => guardOf({ allowPrivate: true }).agentFor(new URL(url))).toThrow(BlockedAddress)
  })

  test('lets named hosts through, and everything where private addresses are allowed', async () => {
    const named = guardOf({ allowHosts: ['Inside.example', '127.0.0.1'], resolve: answers(['127.0.0.1']) })
    expect(await lookUp(named, 'inside.example')).toEqual(['127.0.0.1'])
    expect(named.agentFor(new URL('http://127.0.0.1/'))).toBeDefined()
    expect(() => named.agentFor(new URL('http://127.0.0.2/'))).toThrow(BlockedAddress)
    await expect(lookUp(named, 'other.example')).rejects.toThrow(BlockedAddress)
    const open = guardOf({ allowPrivate: true })
    expect(open.agentFor(new URL('http://[::1]/'))).toBeDefined()
  })
})
