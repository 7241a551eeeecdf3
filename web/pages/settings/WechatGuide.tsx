import { Button } from 'antd'
import { Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { wechatStanding } from '../../../shared/api/wechat.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrand } from '../../api/system.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './WecomGuide.module.css'

const steps = ['app', 'ip', 'callback', 'url', 'open', 'check'] as const

/** How the keys are got on WeChat's own pages, and the address that it is to call. */
export function WechatGuide() {
  const { t } = useTranslation('settings')
  const notice = useNotice()
  const brand = useBrand()
  const query = useApiQuery('/wechat', wechatStanding, { enabled: brand?.sandbox === false })
  const url = `${window.location.origin}/hooks/${brand?.id ?? 'own'}/wechat`
  const copy = async () => {
    await navigator.clipboard.writeText(url)
    notice.done(t('channels.guide.copied'))
  }
  return (
    <section className={styles.guide} aria-label={t('channels.guide.title')} data-testid="wechat-guide">
      <strong>{t('channels.guide.title')}</strong>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>{t(`channels.wechatGuide.steps.${step}`)}</li>
        ))}
      </ol>
      {query.data === undefined ? null : (
        <p className={styles.address} data-testid="wechat-followers">
          {t('channels.wechatGuide.followers', { count: query.data.followers })}
        </p>
      )}
      <p className={styles.address}>
        <span>{t('channels.wechatGuide.address')}</span>
        <code className={styles.url}>{url}</code>
        <Button size="small" icon={<Copy size={13} aria-hidden />} onClick={() => void copy()}>
          {t('channels.guide.copy')}
        </Button>
      </p>
    </section>
  )
}
