import { queryOptions } from '@tanstack/react-query'
import { signsAnswer } from '../../shared/api/signs.ts'
import { rootApi } from './client.ts'

/** How often it is asked how the server does, in milliseconds. */
const every = 15_000

/** Every sign of how the server does. */
export const signsQuery = queryOptions({
  queryKey: ['signs'],
  queryFn: ({ signal }) => rootApi.get('/signs', signsAnswer, { signal }),
  staleTime: every,
  refetchInterval: every,
})
