import { z } from 'zod'
import { rootApi } from './client.ts'
import { signedOut } from './signed-out.ts'

/** Opens a session. Throws ApiProblem, with status 401 where the password is wrong. */
export async function signIn(password: string): Promise<void> {
  await rootApi.post('/session', z.undefined(), { password })
  signedOut.setState({ signedOut: false })
}

/** Ends the session. */
export async function signOut(): Promise<void> {
  await rootApi.delete('/session', z.undefined())
}
