import { createServer } from 'node:net'
import { SetupProblem } from './terminal.mjs'

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<string | undefined>} the system's error code when it cannot be listened on
 */
function listenError(host, port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code ?? 'unknown'))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

/**
 * @param {string} host
 * @param {number} from
 */
async function freePortAfter(host, from) {
  for (let port = from + 1; port <= Math.min(from + 50, 65_535); port += 1) {
    if ((await listenError(host, port)) === undefined) return port
  }
  return undefined
}

/** @param {string} host @param {number} port @param {string} error */
async function portSentence(host, port, error) {
  if (error === 'EADDRNOTAVAIL' || error === 'ENOTFOUND') {
    return `This machine has no address ${host}. Leave HOST out to listen on 127.0.0.1.`
  }
  const other = (await freePortAfter(host, error === 'EACCES' ? 2999 : port)) ?? 0
  const reason = error === 'EADDRINUSE' ? 'is taken by another program' : `cannot be opened (${error})`
  return `Port ${port} ${reason}, perhaps a Magpie that already runs. Stop it, or choose another port: PORT=${other} npm start`
}

/**
 * Asks before the minutes of installing whether the server will be able to listen.
 * @param {NodeJS.ProcessEnv} env PORT and HOST
 */
export async function checkPort(env) {
  const port = Number(env.PORT ?? 3000)
  const host = env.HOST ?? '127.0.0.1'
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new SetupProblem(
      `PORT must be a number from 0 to 65535, not "${env.PORT}". For example: PORT=3001 npm start`,
    )
  }
  const error = await listenError(host, port)
  if (error !== undefined) throw new SetupProblem(await portSentence(host, port, error))
}
