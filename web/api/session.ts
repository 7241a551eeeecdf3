import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { sessionList } from '../../shared/api/system.ts'
import { rootApi } from './client.ts'
import { signedOut } from './signed-out.ts'

/** Who is logged in. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => rootApi.get('/sessions', sessionList, { signal }),
  staleTime: 0,
})

/** Opens a session. Throws ApiProblem, with status 401 where the password is wrong. */
export async function signIn(password: string): Promise<void> {
  await rootApi.post('/session', z.undefined(), { password })
  signedOut.setState({ signedOut: false })
}

/** Ends the session. */
export async function signOut(): Promise<void> {
  await rootApi.delete('/session', z.undefined())
}

/** Ends all sessions, or all but this one. */
export async function signOutEverywhere(keep: 'none' | 'current'): Promise<void> {
  await rootApi.delete(`/sessions?keep=${keep}`, z.undefined())
}

/** Ends one session, by the id that its list tells. */
export async function endSession(id: string): Promise<void> {
  await rootApi.delete(`/sessions/${encodeURIComponent(id)}`, z.undefined())
}
