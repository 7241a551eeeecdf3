import { Problem } from '../../../shared/errors/index.ts'
import { type FileProblem, newFault, parseJourney } from '../../../shared/journey/file.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { sayPath } from '../../../shared/journey/issue.ts'
import { limits } from '../../../shared/limits.ts'
import { unsoundPart } from '../../../shared/sound.ts'
import { unsoundCodes } from '../../http/json-body.ts'

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

/** What stands in a file's texts is looked at like what stands in a body's. Problems of `unsoundCodes`. */
function sound(journey: Journey): Journey {
  const found = unsoundPart(journey, { depth: limits.jsonDepth.value, looseNumbers: true })
  if (found === null) return journey
  throw new Problem(
    unsoundCodes[found.kind],
    { levels: limits.jsonDepth.value },
    sayPath(found.path.slice(0, 12)),
  )
}

/** Reads the text of a journey file; a Problem names the first fault and lists the others. */
export function journeyOfFile(text: string): Journey {
  const parsed = parseJourney(text)
  const fault = parsed.ok ? newFault(parsed.journey) : null
  if (fault !== null) throw new FileHasProblems(fault, [fault])
  if (parsed.ok) return sound(parsed.journey)
  const [first] = parsed.problems
  if (first === undefined) throw new Problem('invalid-journey', { detail: '' })
  throw new FileHasProblems(first, parsed.problems)
}
