import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { RefreshCw, Snowflake, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type AudienceSummary, audienceSummary } from '../../../shared/api/customers.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'

/** Freezes an audience that follows its condition; freezes a frozen one anew, or thaws it. */
export function Freezing({ audience: { key, kind, frozen, size } }: { audience: AudienceSummary }) {
  const { t } = useTranslation(['audiences', 'common'])
  const { modal } = App.useApp()
  const notice = useNotice()
  const format = useFormat()
  const change = useMutation({
    mutationFn: (verb: 'freeze' | 'thaw') =>
      api.post(`/audiences/${encodeURIComponent(key)}/${verb}`, audienceSummary),
    onSuccess: (_, verb) => {
      notice.done(t(verb === 'freeze' ? 'frozen.done' : 'frozen.thawed'))
      void refresh('/audiences')
      void refresh('/customers')
    },
    onError: notice.problem,
  })
  const ask = (verb: 'freeze' | 'thaw', title: string, content: string) =>
    modal.confirm({
      title,
      content,
      okText: title,
      cancelText: t('common:cancel'),
      onOk: () => change.mutateAsync(verb).catch(() => undefined),
    })
  if (kind === 'list' && frozen === null) return null
  if (frozen === null)
    return (
      <Button
        icon={<Snowflake size={14} />}
        loading={change.isPending}
        data-testid="freeze-audience"
        onClick={() =>
          ask('freeze', t('frozen.freeze'), t('frozen.ask', { count: size, people: format.count(size) }))
        }
      >
        {t('frozen.freeze')}
      </Button>
    )
  return (
    <>
      <Button
        icon={<RefreshCw size={14} />}
        loading={change.isPending}
        data-testid="refreeze-audience"
        onClick={() => ask('freeze', t('frozen.again'), t('frozen.askAgain'))}
      >
        {t('frozen.again')}
      </Button>
      <Button
        icon={<Sun size={14} />}
        loading={change.isPending}
        data-testid="thaw-audience"
        onClick={() => ask('thaw', t('frozen.thaw'), t('frozen.askThaw'))}
      >
        {t('frozen.thaw')}
      </Button>
    </>
  )
}
