import { Badge, Button, Tooltip } from 'antd'
import { Smartphone } from 'lucide-react'
import { Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, useNavigation } from 'react-router'
import { useStore } from 'zustand'
import type { BrandSummary } from '../../shared/api/system.ts'
import { useBrand, useSystem } from '../api/system.ts'
import { closePhone, openPhone, phoneDrawer } from '../ui/phoneDrawer.ts'
import { PageSkeleton } from '../ui/Skeletons.tsx'
import { TopBar } from '../ui/topBar.ts'
import { BrandFormat } from '../ui/zone.ts'
import { BrandSwitch } from './BrandSwitch.tsx'
import { Clock } from './Clock.tsx'
import styles from './Frame.module.css'
import { PhoneDrawer } from './PhoneDrawer.tsx'
import { Rail } from './Rail.tsx'
import { SignBanner } from './SignBanner.tsx'
import { StaffFrame } from './StaffFrame.tsx'
import { LanguageSwitch, ModeSwitch } from './Switches.tsx'
import { useBrandStream } from './useBrandStream.ts'

/** The frame around every page of a brand. */
export function Frame() {
  const brand = useBrand()
  const { brands, staff } = useSystem()
  if (staff !== null && brand) return <StaffFrame brand={brand} name={staff.name} />
  if (!brand) return <Navigate to={`/${brands[0]?.id ?? 'demo'}/journeys`} replace />
  return <BrandFrame key={brand.id} brand={brand} />
}

function BrandFrame({ brand }: { brand: BrandSummary }) {
  useBrandStream()
  const [title, setTitle] = useState<HTMLElement | null>(null)
  const [actions, setActions] = useState<HTMLElement | null>(null)
  const slots = useMemo(() => ({ title, actions }), [title, actions])
  const format = useMemo(() => ({ zone: brand.zone, currency: brand.currency }), [brand])
  const phoneOpen = useStore(phoneDrawer, (state) => state.open) && brand.sandbox
  const busy = useNavigation().state === 'loading'
  return (
    <BrandFormat value={format}>
      <TopBar value={slots}>
        <div className={styles.frame}>
          <Rail brand={brand.id} />
          <div className={styles.body}>
            <header className={styles.bar}>
              <BrandSwitch brand={brand} />
              <span className={styles.slash}>/</span>
              <div ref={setTitle} className={styles.title} />
              <div ref={setActions} className={styles.actions} />
              <Clock />
              <div className={styles.switches}>
                {brand.sandbox ? <PhoneToggle /> : null}
                <LanguageSwitch />
                <ModeSwitch />
              </div>
              {busy ? <span className={styles.busy} /> : null}
            </header>
            <SignBanner brand={brand.id} />
            <main className={phoneOpen ? `${styles.main} ${styles.beside}` : styles.main}>
              <Suspense fallback={<PageSkeleton />}>
                <Outlet />
              </Suspense>
              {brand.sandbox ? <PhoneDrawer /> : null}
            </main>
          </div>
        </div>
      </TopBar>
    </BrandFormat>
  )
}

function PhoneToggle() {
  const { t } = useTranslation('shell')
  const { open, unread, owner } = useStore(phoneDrawer)
  return (
    <Tooltip title={unread > 0 ? t('phone.unread', { count: unread }) : null}>
      <Badge count={unread} size="small" overflowCount={99} offset={[-6, 4]}>
        <Button
          type="text"
          title={t('phone.title')}
          aria-label={t('phone.toggle')}
          aria-pressed={open}
          className={open ? (styles.pressed ?? '') : ''}
          icon={<Smartphone size={16} />}
          onClick={() => (open ? closePhone() : openPhone(owner))}
        >
          <span className={styles.label}>{t('phone.toggle')}</span>
        </Button>
      </Badge>
    </Tooltip>
  )
}
