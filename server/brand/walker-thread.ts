import { parentPort, workerData } from 'node:worker_threads'
import { Problem } from '../../shared/errors/index.ts'
import { registry } from '../../shared/nodes/index.ts'
import { problemOfTrouble } from '../ports/trouble.ts'
import type { Script } from '../rehearsal/request.ts'
import { stageOf } from '../rehearsal/stage.ts'
import { type Walker, walkerOn } from '../rehearsal/walker.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import type { ThreadData } from '../threads.ts'
import type { WalkerData, WalkerSaid, WalkerTold } from '../work/walker-protocol.ts'

const { database } = (workerData as ThreadData<WalkerData>).data

const say = (said: WalkerSaid) => parentPort?.postMessage(said)

/** Who comes in is known before anybody is walked. */
const nobody = {
  ask: () => Promise.reject(new Error('whoever walks asks nothing of everybody')),
}

const ports = rehearsalPorts(openDatabase(database, { readonly: true }), nobody)
let walker: Promise<Walker> | null = null

async function walkerBy(script: Script): Promise<Walker> {
  const stage = await stageOf(ports, script.request, script.audiences, registry)
  return walkerOn(ports, stage, script, null)
}

async function serve(told: WalkerTold): Promise<void> {
  try {
    if (told.kind === 'script') {
      walker = walkerBy(told.script)
      return
    }
    const { party, horizon } = told
    const walked = await (await walker)?.walk(party, horizon, (done) => say({ kind: 'progress', done }))
    if (walked === undefined) throw new Error('a party is walked by a script')
    say({ kind: 'walked', walked })
  } catch (error) {
    const problem = error instanceof Problem ? error : problemOfTrouble(error, 'data')
    // Of anything else the thread ends, and whoever began it is told why.
    if (problem === null) throw error
    say({ kind: 'problem', code: problem.code, details: problem.details, place: problem.place ?? null })
  }
}

parentPort?.on('message', (told: WalkerTold) => {
  void serve(told)
})
