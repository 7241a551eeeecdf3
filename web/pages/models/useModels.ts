import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type ModelList, modelList } from '../../../shared/api/models.ts'
import { api } from '../../api/client.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { useNotice } from '../../ui/useNotice.tsx'

/** While a fit goes on it is asked for so often (ms), else each minute: the night may have fitted anew. */
const soonMs = 1_000
const laterMs = 60_000

/** The models as they were fitted last, and how far a fit under way is. */
export function useModels() {
  return useApiQuery('/models', modelList, {
    refetchInterval: ({ state }) => {
      const list = state.data as ModelList | undefined
      return list?.running || (list?.waiting ?? 0) > 0 ? soonMs : laterMs
    },
  })
}

/** Has all models fitted anew. */
export function useFit() {
  const { t } = useTranslation('models')
  const notice = useNotice()
  return useMutation({
    mutationFn: () => api.post('/models/fit', z.undefined()),
    onSuccess: () => notice.done(t('began')),
    onError: notice.problem,
    onSettled: () => refresh('/models'),
  })
}

/** Names a group; its customers have the name once they are scored, which begins then. */
export function useNameGroup(onNamed: () => void) {
  const { t } = useTranslation('models')
  const notice = useNotice()
  return useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      api.put(`/models/groups/${encodeURIComponent(id)}`, z.undefined(), { name }),
    onSuccess: () => {
      notice.done(t('groups.began'))
      onNamed()
    },
    onError: notice.problem,
    onSettled: () => refresh('/models'),
  })
}
