import type { FastifyRequest } from 'fastify'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import type { Elapsed } from '../ports/clock.ts'
import { createBrake } from './brake.ts'
import { callerOf } from './caller.ts'
import { passwordDoor } from './password.ts'
import { isOpen } from './session.ts'

/** Whether a password is right, the installation's or that of a mark; Problem `too-many-requests` for who has guessed too often, or where too many try. */
export type Knock = (request: FastifyRequest, password: string, mark?: string | null) => Promise<boolean>

/**
 * The door of the login: each address has so many wrong passwords a minute, and all together can make the server work
 * only so much. Who is logged in already is not braked.
 */
export function loginDoor(password: string, elapsed: Elapsed): Knock {
  const { logins, loginsInHand, loginsWaiting, callersRemembered } = limits
  const brake = createBrake({
    elapsed,
    most: logins.value,
    windowMs: 60_000,
    callers: callersRemembered.value,
  })
  const door = passwordDoor(password, { atOnce: loginsInHand.value, waiting: loginsWaiting.value })
  return async (request, given, mark = null) => {
    if (isOpen(request)) return door.isRight(given, mark)
    const caller = callerOf(request.ip)
    const waitMs = brake.begin(caller)
    if (waitMs > 0) throw new Problem('too-many-requests', { seconds: Math.ceil(waitMs / 1000) })
    try {
      const right = await door.isRight(given, mark)
      if (right) brake.takeBack(caller)
      return right
    } catch (error) {
      // Nobody has looked at it.
      brake.takeBack(caller)
      throw error
    }
  }
}
