import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { wecomStanding } from '../../../shared/api/wecom.ts'
import { api } from '../../api/client.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { useBrand } from '../../api/system.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './WecomGuide.module.css'

const steps = ['corp', 'app', 'contact', 'callback', 'url', 'staff', 'check'] as const

/** How many friends there are, and the way to take over those of before. */
function Friends() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const notice = useNotice()
  const live = useBrand()?.sandbox === false
  const query = useApiQuery('/wecom', wecomStanding, {
    enabled: live,
    refetchInterval: ({ state }) => (state.data?.syncing ? 2000 : false),
  })
  const sync = useMutation({
    mutationFn: () => api.post('/wecom/sync', wecomStanding),
    onSuccess: () => refresh('/wecom'),
    onError: notice.problem,
  })
  if (query.data === undefined) return null
  const { friends, employees, syncing, syncedAt } = query.data
  return (
    <p className={styles.address} data-testid="wecom-friends">
      <span>
        {t('channels.guide.friends', { friends, employees })}
        {syncedAt === null ? null : ` · ${t('channels.guide.synced', { at: format.time(syncedAt) })}`}
      </span>
      <Button size="small" loading={syncing || sync.isPending} onClick={() => sync.mutate()}>
        {t('channels.guide.sync')}
      </Button>
    </p>
  )
}

/** How the keys are got in WeCom's own pages, and the address that it is to call. */
export function WecomGuide() {
  const { t } = useTranslation('settings')
  const notice = useNotice()
  const brand = useBrand()
  const path = useBrandPath()
  const url = `${window.location.origin}/hooks/${brand?.id ?? 'own'}/wecom`
  const copy = async () => {
    await navigator.clipboard.writeText(url)
    notice.done(t('channels.guide.copied'))
  }
  return (
    <section className={styles.guide} aria-label={t('channels.guide.title')} data-testid="wecom-guide">
      <strong>{t('channels.guide.title')}</strong>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>{t(`channels.guide.steps.${step}`)}</li>
        ))}
      </ol>
      <Friends />
      <p className={styles.address}>
        <Link to={path('wecom')}>{t('channels.guide.ways')}</Link>
      </p>
      <p className={styles.address}>
        <span>{t('channels.guide.address')}</span>
        <code className={styles.url}>{url}</code>
        <Button size="small" icon={<Copy size={13} aria-hidden />} onClick={() => void copy()}>
          {t('channels.guide.copy')}
        </Button>
      </p>
    </section>
  )
}
