import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Problem } from '../../shared/errors/index.ts'

/** Slow for who guesses, in the threads of the system and not in the one that answers. */
const derive = promisify<string, Buffer, number, Buffer>(scrypt)
const hashLength = 32

/** A text by which a password is known again, and which is of no use to anybody else. */
export async function markOf(password: string): Promise<string> {
  const salt = randomBytes(16)
  return `${salt.toString('base64')}.${(await derive(password, salt, hashLength)).toString('base64')}`
}

/** Whether a password is the one of a mark; telling nothing of where the two differ. */
export async function isMarked(password: string, mark: string): Promise<boolean> {
  const [salt = '', hash = ''] = mark.split('.').map((part) => Buffer.from(part, 'base64'))
  const right = Buffer.from(hash)
  const given = await derive(password, Buffer.from(salt), hashLength)
  return given.length === right.length && timingSafeEqual(given, right)
}

export interface PasswordDoor {
  /** Whether a password is right: the one of the door, or that of a mark. Problem `too-many-requests` where too many are being looked at. */
  isRight(given: string, other?: string | null): Promise<boolean>
}

interface Waiting {
  readonly go: () => void
  readonly giveUp: (problem: Problem) => void
}

/**
 * Looks at a few passwords at once, however many are tried from however many addresses: each costs time and memory on
 * purpose. The others wait in a short line. Where that is full, one of it by lot is sent away, so that nobody who
 * fills it keeps the owner out for long.
 */
export function passwordDoor(
  password: string,
  { atOnce, waiting: longest }: { readonly atOnce: number; readonly waiting: number },
): PasswordDoor {
  const mark = markOf(password)
  const line: Waiting[] = []
  let inHand = 0
  const enter = (): Promise<void> => {
    if (inHand < atOnce) {
      inHand += 1
      return Promise.resolve()
    }
    return new Promise((go, giveUp) => {
      line.push({ go, giveUp })
      if (line.length > longest) {
        const [unlucky] = line.splice(randomInt(line.length), 1)
        unlucky?.giveUp(new Problem('too-many-requests', { seconds: 1 }))
      }
    })
  }
  const leave = () => {
    const next = line.shift()
    if (next === undefined) inHand -= 1
    else next.go()
  }
  return {
    async isRight(given, other = null) {
      await enter()
      try {
        return await isMarked(given, other ?? (await mark))
      } finally {
        leave()
      }
    },
  }
}
