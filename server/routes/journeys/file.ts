import { Problem } from '../../../shared/errors/index.ts'
import { type FileProblem, parseJourney } from '../../../shared/journey/file.ts'
import type { Journey } from '../../../shared/journey/graph.ts'

/** A file that is no journey: the first problem as such, all of them beside it. */
class FileHasProblems extends Problem {
  readonly problems: readonly FileProblem[]

  constructor(first: FileProblem, problems: readonly FileProblem[]) {
    super(first.code, { ...first.details }, first.path === '' ? undefined : first.path)
    this.problems = problems
  }

  get texts() {
    return this.problems[0]
  }

  get extension() {
    return { problems: this.problems.slice(0, 50) }
  }
}

/** Reads the text of a journey file; a Problem names the first fault and lists the others. */
export function journeyOfFile(text: string): Journey {
  const parsed = parseJourney(text)
  if (parsed.ok) return parsed.journey
  const [first] = parsed.problems
  if (first === undefined) throw new Problem('invalid-journey', { detail: '' })
  throw new FileHasProblems(first, parsed.problems)
}
