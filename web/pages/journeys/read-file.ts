import { type FileProblem, parseJourneyFile } from '../../../shared/journey/file.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { limits } from '../../../shared/limits.ts'

/** The most characters that the API takes. */
export const longestFile = limits.journeyFileLength.value

/** A chosen file: the journey that it holds, or why it holds none. */
export type ReadFile =
  | { readonly kind: 'journey'; readonly file: string; readonly text: string; readonly journey: Journey }
  | { readonly kind: 'problems'; readonly file: string; readonly problems: readonly FileProblem[] }
  | { readonly kind: 'too-large'; readonly file: string }

/** Reads a journey file before anything is sent, so that its problems are listed with their places. */
export async function readJourneyFile(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<ReadFile> {
  if (file.size > longestFile) return { kind: 'too-large', file: file.name }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const parsed = parseJourneyFile(bytes)
  if (!parsed.ok) return { kind: 'problems', file: file.name, problems: parsed.problems }
  const text = new TextDecoder().decode(bytes)
  return { kind: 'journey', file: file.name, text, journey: parsed.journey }
}
