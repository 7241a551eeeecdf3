import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A machine's clock that is set by so many milliseconds: `Date` of every thread reads how far from a file. */
const shifting = (file: string) => `
  import { readFileSync } from 'node:fs'
  const Real = Date
  let shift = 0
  const read = () => { shift = Number(readFileSync(${JSON.stringify(file)}, 'utf8')) }
  read()
  setInterval(read, 20).unref()
  globalThis.Date = class Date extends Real {
    constructor(...given) { given.length === 0 ? super(Real.now() + shift) : super(...given) }
    static now() { return Real.now() + shift }
  }
`

/** Stands still for good as soon as there is a file of that name, and takes it away first. */
const halting = (file: string) => `
  import { existsSync, rmSync } from 'node:fs'
  setInterval(() => {
    if (!existsSync(${JSON.stringify(file)})) return
    rmSync(${JSON.stringify(file)})
    for (;;);
  }, 20).unref()
`

/** The thread of the work, built or as TypeScript, after another module. */
function worksAfter(first: string): string {
  const built = process.env.MAGPIE_WORKS
  const works = new URL('../../brand/works-worker.ts', import.meta.url).href
  const loaded =
    built === undefined
      ? `const { register } = await import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})
         register()
         await import(${JSON.stringify(works)})`
      : `await import(${JSON.stringify(pathToFileURL(built).href)})`
  return `${first}\n${loaded}\n`
}

interface Meddled {
  readonly flags: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** Lets a module run first in the main thread and in that of the work. */
function meddle(folder: string, { main, works }: { main: string; works: string }): Meddled {
  const [first, program] = [join(folder, 'first.mjs'), join(folder, 'works.mjs')]
  writeFileSync(first, main)
  writeFileSync(program, worksAfter(works))
  return { flags: ['--import', pathToFileURL(first).href], env: { MAGPIE_WORKS: program } }
}

/** A server's machine whose clock can be set; what `set` is given adds up. */
export function falseClock(folder: string): Meddled & { set(by: number): void; readonly shift: number } {
  const file = join(folder, 'shift')
  let shift = 0
  const put = () => {
    writeFileSync(`${file}.next`, String(shift))
    renameSync(`${file}.next`, file)
  }
  put()
  return {
    ...meddle(folder, { main: shifting(file), works: shifting(file) }),
    get shift() {
      return shift
    },
    set(by) {
      shift += by
      put()
    },
  }
}

/** A server whose threads can be brought to stand still. */
export function haltable(folder: string): Meddled & { halt(thread: 'main' | 'works'): void } {
  const file = (thread: string) => join(folder, `halt-${thread}`)
  return {
    ...meddle(folder, { main: halting(file('main')), works: halting(file('works')) }),
    halt: (thread) => writeFileSync(file(thread), ''),
  }
}
