import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ModelList } from '../../../shared/api/models.ts'
import { useFit } from './useModels.ts'

/** Has all models fitted now; while that goes on it waits. */
export function FitButton({ running }: Pick<ModelList, 'running'>) {
  const { t } = useTranslation('models')
  const fit = useFit()
  const busy = running !== null || fit.isPending
  return (
    <Button type="primary" loading={busy} onClick={() => fit.mutate()} data-testid="fit-now">
      {t(busy ? 'fitting' : 'fit')}
    </Button>
  )
}
