import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { type JourneyCreate, journeyAnswer } from '../../../shared/api/journeys.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useNotice } from '../../ui/useNotice.tsx'

/** Makes a journey from a name, a template or a file, and opens its canvas. */
export function useStartFrom() {
  const notice = useNotice()
  const navigate = useNavigate()
  const path = useBrandPath()
  return useMutation({
    mutationFn: (from: JourneyCreate) => api.post('/journeys', journeyAnswer, from),
    onSuccess: ({ journey }) => {
      void refresh('/journeys')
      void navigate(path(`journeys/${journey.id}`))
    },
    onError: notice.problem,
  })
}
