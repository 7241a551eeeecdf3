import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { sessionList } from '../../shared/api/system.ts'
import { chosenBrand } from './brand.ts'
import { rootApi } from './client.ts'
import { signedOut } from './signed-out.ts'

/** Who is logged in. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => rootApi.get('/sessions', sessionList, { signal }),
  staleTime: 0,
})

/** Before anybody is in, the brand is the one that the address names. */
function brandOfAddress(): string {
  const [, brand = ''] = window.location.pathname.split('/')
  return brand === '' ? chosenBrand.getState().brand : brand
}

/** Opens a session, of one of the staff by their number. Throws ApiProblem, with status 401 where the password is wrong. */
export async function signIn(password: string, staff: string | null = null): Promise<void> {
  const whose = staff === null ? {} : { staff: { brand: brandOfAddress(), id: staff } }
  await rootApi.post('/session', z.undefined(), { password, ...whose })
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
