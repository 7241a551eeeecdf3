import { Dropdown } from 'antd'
import { Check, ChevronsUpDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import type { BrandSummary } from '../../shared/api/system.ts'
import { useSystem } from '../api/system.ts'
import { useFormat } from '../ui/useFormat.ts'
import styles from './BrandSwitch.module.css'

/** Which brand is shown, and the way to the other: the demo and one's own never mix. */
export function BrandSwitch({ brand }: { brand: BrandSummary }) {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const navigate = useNavigate()
  const section = useLocation().pathname.split('/')[2] ?? 'journeys'
  const { brands } = useSystem()
  const note = (each: BrandSummary) => {
    if (each.id === 'demo') return t('brand.demoNote')
    return each.sandbox ? t('brand.ownNote') : t('brand.ownLiveNote')
  }
  const items = brands.map((each) => ({
    key: each.id,
    label: (
      <span className={styles.choice}>
        <span>
          <strong>{format.text(each.name)}</strong>
          <Badge sandbox={each.sandbox} />
          <small>{note(each)}</small>
        </span>
        {each.id === brand.id ? <Check size={15} aria-hidden /> : null}
      </span>
    ),
    onClick: () => navigate(`/${each.id}/${section}`),
  }))
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <button type="button" className={styles.switch} aria-label={t('brand.switch')}>
        <span className={styles.name}>{format.text(brand.name)}</span>
        <Badge sandbox={brand.sandbox} />
        <ChevronsUpDown size={13} aria-hidden />
      </button>
    </Dropdown>
  )
}

function Badge({ sandbox }: { sandbox: boolean }) {
  const { t } = useTranslation('shell')
  return (
    <em className={`${styles.badge} ${sandbox ? '' : styles.live}`}>
      {sandbox ? t('brand.sandbox') : t('brand.live')}
    </em>
  )
}
