import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { PageError } from './PageError.tsx'
import { ProblemAlert } from './ProblemAlert.tsx'
import { isShownProblem } from './problem.ts'
import { PageSkeleton } from './Skeletons.tsx'

export interface LoadedProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>
  skeleton?: ReactNode
  children: (data: T) => ReactNode
}

/** What was asked for once it is there; a skeleton before, the problem where it cannot be had. */
export function Loaded<T>({ query, skeleton = <PageSkeleton />, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (!query.error) return skeleton
  const retry = () => void query.refetch()
  if (isShownProblem(query.error)) return <ProblemAlert problem={query.error} onRetry={retry} />
  return <PageError error={query.error} onRetry={retry} />
}
