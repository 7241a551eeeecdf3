import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { alone } from './alone.mjs'
import { sentenceFor } from './causes.mjs'
import { holdsAll } from './install.mjs'
import { nodeVersionProblem } from './node-version.mjs'
import { checkPort } from './port.mjs'
import { attached, captured } from './processes.mjs'
import { addCounts, countTests, noTests, summary } from './test-counts.mjs'

const folder = mkdtempSync(join(tmpdir(), 'magpie-setup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the version of Node', () => {
  test.each(['20.19.0', '20.20.2', '22.0.0', '26.1.0'])('%s will do', (version) => {
    expect(nodeVersionProblem(version)).toBeUndefined()
  })

  test.each(['12.22.1', '18.20.8', '20.18.3'])('%s is told what is needed', (version) => {
    expect(nodeVersionProblem(version)).toContain(`Magpie needs Node 20.19 or newer; this is Node ${version}`)
  })
})

describe('what went wrong while installing', () => {
  test.each([
    ['npm error nospc ENOSPC: no space left on device, write', 'The disk is full'],
    ['gyp ERR! find Python Could not find any Python installation to use', 'build-essential python3'],
    ['gyp ERR! stack Error: not found: make', 'build-essential python3'],
    [
      'npm error code EAI_AGAIN\nnpm error request to https://packages.example/zod failed',
      'Check the connection',
    ],
    ['npm error code EACCES\nnpm error syscall mkdir', 'cannot be written'],
    ['gyp ERR! build error\ngyp ERR! stack Error: `make` failed with exit code: 2', 'could not be compiled'],
    [
      '`npm ci` can only install packages when your package.json and package-lock.json are in sync',
      'npm install',
    ],
  ])('%s says what to do', (output, sentence) => {
    expect(sentenceFor(output)).toContain(sentence)
  })

  test('a download that failed is not blamed where the compiler is what is missing', () => {
    const output = 'prebuild-install warn install ENOTFOUND\ngyp ERR! stack Error: not found: make'
    expect(sentenceFor(output)).toContain('a compiler, make or Python 3 is missing')
  })

  test('an unknown cause gets no invented sentence', () => {
    expect(sentenceFor('npm error something else')).toBeUndefined()
  })
})

describe('what is installed already', () => {
  const locked = {
    '': {},
    'node_modules/zod': { version: '4.0.1' },
    'node_modules/mac': { version: '1', optional: true },
  }

  test('by hand, without packages of other systems, is kept', () => {
    expect(holdsAll(locked, { 'node_modules/zod': { version: '4.0.1' } })).toBe(true)
  })

  test('in another version, or not at all, is not enough', () => {
    expect(holdsAll(locked, { 'node_modules/zod': { version: '4.0.0' } })).toBe(false)
    expect(holdsAll(locked, {})).toBe(false)
  })
})

describe('the port', () => {
  test('that is free passes', async () => {
    await expect(checkPort({ PORT: '0' })).resolves.toBeUndefined()
  })

  test('that is taken is told with another that is free', async () => {
    const server = createServer()
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await expect(checkPort({ PORT: String(port) })).rejects.toThrow(
      new RegExp(`Port ${port} is taken by another program.*PORT=\\d+ npm start`),
    )
    await new Promise((resolve) => server.close(resolve))
  })

  test.each(['http', '70000', '1.5'])('%s is no port', async (PORT) => {
    await expect(checkPort({ PORT })).rejects.toThrow('PORT must be a number')
  })

  test('on an address that is not this machine’s is told', async () => {
    await expect(checkPort({ PORT: '0', HOST: '203.0.113.7' })).rejects.toThrow('no address 203.0.113.7')
  })
})

describe('programs that are started', () => {
  test('hand on their exit code and what they print', async () => {
    expect(await attached(process.execPath, ['-e', 'process.exit(3)'])).toBe(3)
    expect(await captured(process.execPath, ['-e', 'console.log("out"); console.error("err")'])).toEqual({
      code: 0,
      output: expect.stringMatching(/out[\s\S]*err|err[\s\S]*out/),
    })
  })

  test('that a signal ends count as a shell counts them', async () => {
    expect(await attached(process.execPath, ['-e', 'process.kill(process.pid, "SIGTERM")'])).toBe(143)
  })

  test('that do not exist are told', async () => {
    expect((await captured(join(folder, 'no-program'), [])).code).toBe(127)
  })
})

describe('two commands started together', () => {
  test('prepare the folder one after the other', async () => {
    const lock = join(folder, 'together.lock')
    const steps: string[] = []
    const work = (name: string) => async () => {
      steps.push(`${name} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      steps.push(`${name} ends`)
    }
    await Promise.all([alone(work('first'), lock), alone(work('second'), lock)])
    expect(steps).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
    expect(existsSync(lock)).toBe(false)
  })

  test('do not wait for one that was killed', async () => {
    const lock = join(folder, 'killed.lock')
    const { output } = await captured(process.execPath, ['-p', 'process.pid'])
    writeFileSync(lock, output.trim())
    expect(await alone(async () => 'done', lock)).toBe('done')
  })
})

describe('the count of tests', () => {
  test('adds up over the stages, a file that cannot be loaded being a failure', () => {
    const tests = (...statuses: string[]) => statuses.map((status) => ({ status }))
    const first = countTests({
      testResults: [
        { status: 'failed', assertionResults: tests('passed', 'failed', 'pending') },
        { status: 'failed', assertionResults: [] },
      ],
    })
    const second = countTests({
      testResults: [{ status: 'passed', assertionResults: tests('passed', 'todo') }],
    })
    expect(summary(addCounts(addCounts(noTests, first), second))).toBe('2 passed, 2 failed, 2 skipped')
  })
})
