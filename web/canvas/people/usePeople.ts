import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type PeopleDone, peopleDone, type WhoAtNode } from '../../../shared/api/people.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'

/** Some of those on a node, of whom something is to become. */
export interface People {
  readonly journeyId: string
  readonly node: string
  readonly who: WhoAtNode
  readonly count: number
}

export type PeopleVerb = 'move' | 'remove' | 'retry' | 'save'

interface Order {
  readonly verb: PeopleVerb
  readonly more?: object
  /** What is said when it is done. */
  readonly say: (people: string) => string
}

/** Does something with people at a node, and says with how many. */
export function usePeopleOrder({ journeyId, node, who }: People, onDone: () => void) {
  const { t } = useTranslation('people')
  const notice = useNotice()
  const format = useFormat()
  const journey = `/journeys/${encodeURIComponent(journeyId)}`
  return useMutation({
    mutationFn: ({ verb, more }: Order) =>
      api.post(`${journey}/nodes/${encodeURIComponent(node)}/people/${verb}`, peopleDone, { who, ...more }),
    onSuccess: ({ done, refused }: PeopleDone, { say }) => {
      notice.done(say(format.count(done)))
      if (refused > 0) notice.warn(t('refused', { people: format.count(refused) }), '')
      for (const part of [journey, '/customers', '/audiences', '/messages']) void refresh(part)
      onDone()
    },
    onError: (problem) => notice.problem(problem),
  })
}
