import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type KeptReferral, type PersonalLink as Made, personalLink } from '../../../shared/api/referrals.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Field } from '../../ui/fields/Field.tsx'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './referrals.module.css'

/** How messages name the links, and those of one customer to look at. */
export function PersonalLink({ kept }: { kept: KeptReferral }) {
  const { t } = useTranslation('referrals')
  const [customer, setCustomer] = useState('')
  const { key } = kept.referral
  const make = useMutation({
    mutationFn: (customerId: string) => api.post(`/referrals/${key}/links`, personalLink, { customerId }),
  })
  const ask = () => {
    if (customer.trim() !== '') make.mutate(customer.trim())
  }
  return (
    <Panel title={t('link.title')}>
      <p className={styles.note}>{t('link.about')}</p>
      <code className={styles.variable}>{`{{ referral.${key}.link }}`}</code>
      <code className={styles.variable}>{`{{ referral.${key}.poster }}`}</code>
      <Field label={t('link.customer')} hint={t('link.hint')}>
        {(id) => (
          <div className={styles.ask}>
            <Input
              id={id}
              value={customer}
              placeholder={t('link.placeholder')}
              onChange={(event) => setCustomer(event.target.value)}
              onPressEnter={ask}
              data-testid="link-customer"
            />
            <Button
              loading={make.isPending}
              disabled={customer.trim() === ''}
              onClick={ask}
              data-testid="show-link"
            >
              {t('link.show')}
            </Button>
          </div>
        )}
      </Field>
      {make.error ? <ProblemAlert problem={asProblem(make.error)} /> : null}
      {make.data === undefined ? null : <Shown link={make.data} revision={kept.revision} />}
    </Panel>
  )
}

/** The way to what stands under an address of this server, whatever others call it. */
const here = (address: string): string => new URL(address).pathname

function Shown({ link, revision }: { link: Made; revision: number }) {
  const { t } = useTranslation('referrals')
  const { locale } = useLocale()
  const notice = useNotice()
  const [broken, setBroken] = useState(false)
  const copy = () =>
    navigator.clipboard.writeText(link.url).then(() => notice.done(t('link.copied')), notice.problem)
  // Another revision of the programme is another picture.
  const poster = `${here(link.poster)}?lang=${locale}&v=${revision}`
  return (
    <div className={styles.shown}>
      <div className={styles.url}>{link.url}</div>
      <div className={styles.acts}>
        <Button size="small" onClick={() => void copy()}>
          {t('link.copy')}
        </Button>
        <Button
          size="small"
          icon={<ExternalLink size={13} />}
          href={here(link.url)}
          target="_blank"
          data-testid="open-landing"
        >
          {t('link.open')}
        </Button>
        <Button size="small" href={poster} download={`poster-${link.code}.png`}>
          {t('link.download')}
        </Button>
      </div>
      {broken ? (
        <p className={styles.problem} role="alert">
          {t('link.noFont')}
        </p>
      ) : (
        <img
          className={styles.poster}
          src={poster}
          alt={t('link.poster')}
          onError={() => setBroken(true)}
          data-testid="poster"
        />
      )}
    </div>
  )
}
