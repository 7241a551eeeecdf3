import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { startHttpGatewayPeer } from './http-gateway-peer.ts'
import { startSmtpPeer } from './smtp-peer.ts'

/** Says the lines one after another, each after the other side spoke, then breaks the connection off. */
function breakOffAfter(port: number, lines: readonly string[], speaksFirst: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const rest = [...lines]
    const speak = () => {
      const line = rest.shift()
      if (line !== undefined) socket.write(line)
      if (rest.length === 0) setImmediate(() => socket.destroy())
    }
    socket.on('data', speak)
    socket.on('connect', () => {
      if (speaksFirst) speak()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })
}

test('a mail broken off in mid-sentence is not a message, and the peer goes on', async () => {
  const peer = await startSmtpPeer()
  const lines = [
    'EHLO a\r\n',
    'MAIL FROM:<a@b.example>\r\n',
    'RCPT TO:<c@d.example>\r\n',
    'DATA\r\n',
    'Subject: hal',
  ]
  await breakOffAfter(peer.port, lines, false)
  expect(peer.received).toEqual([])
  await breakOffAfter(
    peer.port,
    [...lines.slice(0, 4), 'Message-ID: <x@b>\r\n\r\nwhole\r\n.\r\n', 'QUIT\r\n'],
    false,
  )
  expect(peer.count('<x@b>')).toBe(1)
  await peer.close()
})

test('a request broken off in mid-sentence is not taken, and the peer goes on', async () => {
  const peer = await startHttpGatewayPeer({ secret: 'a secret of the tests' })
  await breakOffAfter(
    peer.port,
    ['POST /messages HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n{"id"'],
    true,
  )
  expect(peer.received.size).toBe(0)
  const unsigned = await fetch(peer.url, { method: 'POST', body: '{}' })
  expect(unsigned.status).toBe(401)
  expect(peer.unsigned).toEqual(['missing'])
  await peer.close()
})
