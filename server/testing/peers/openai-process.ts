import { createInterface } from 'node:readline'
import { type PeerBehaviour, startOpenAiPeer } from './openai-peer.ts'

/**
 * The model server as a process of its own, for browser tests: its first line on standard output is its base
 * URL; each line that it reads is a behaviour from then on, and is said again once it is in force.
 */
const behaviours: readonly PeerBehaviour[] = ['polish', 'refuse', 'server-error', 'unauthorized']

const peer = await startOpenAiPeer()
process.stdout.write(`${peer.url}\n`)
for await (const line of createInterface({ input: process.stdin })) {
  const behaviour = behaviours.find((one) => one === line)
  if (behaviour === undefined) throw new Error(`the model has no behaviour ${line}`)
  peer.behave(behaviour)
  process.stdout.write(`${line}\n`)
}
await peer.close()
