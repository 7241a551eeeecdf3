import { expect, test } from 'vitest'
import { longestFile, readJourneyFile } from './read-file.ts'

const file = (text: string, size = text.length) => ({
  name: 'spring.journey.json',
  size,
  arrayBuffer: () => Promise.resolve(new TextEncoder().encode(text).buffer),
})
const journey = { format: 1, id: 'spring', name: { en: 'Spring' }, nodes: {} }

test('a journey file is read before it is sent', async () => {
  const read = await readJourneyFile(file(JSON.stringify(journey)))
  expect(read).toMatchObject({ kind: 'journey', journey: { id: 'spring' } })
})

test('the problems of a broken file are listed with their places', async () => {
  const broken = { ...journey, id: 'Spring 2027', colour: 'red' }
  const read = await readJourneyFile(file(JSON.stringify(broken)))
  if (read.kind !== 'problems') throw new Error(`expected problems, got ${read.kind}`)
  expect(read.problems.map(({ path }) => path).sort()).toEqual(['colour', 'id'])
})

test('a file that is too large is not even opened', async () => {
  const read = await readJourneyFile({
    ...file('', longestFile + 1),
    arrayBuffer: () => Promise.reject(new Error()),
  })
  expect(read.kind).toBe('too-large')
})
