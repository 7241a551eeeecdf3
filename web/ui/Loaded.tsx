import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { asProblem } from '../../api/problem.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'

export interface LoadedProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>
  skeleton?: ReactNode
  children: (data: T) => ReactNode
}

/** What was asked for once it is there; a skeleton before, the problem where it cannot be had. */
export function Loaded<T>({ query, skeleton = <PageSkeleton />, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error)
    return <ProblemAlert problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  return skeleton
}
