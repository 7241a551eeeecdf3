import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { isRouteErrorResponse, Link, useParams, useRouteError } from 'react-router'
import { Page } from '../ui/Page.tsx'
import { NotFound, PageError } from '../ui/PageError.tsx'
import { Opening } from './Opening.tsx'

/** The way back to safe ground. */
function Home() {
  const { t } = useTranslation()
  const { brand = 'demo' } = useParams()
  return (
    <Link to={`/${brand === 'own' ? 'own' : 'demo'}/journeys`}>
      <Button>{t('problem.home')}</Button>
    </Link>
  )
}

/** A page that threw, in the place of the page. */
export function RouteFailure() {
  const error = useRouteError()
  if (isRouteErrorResponse(error) && error.status === 404) return <Missing />
  return (
    <Page>
      <PageError error={error} onRetry={() => window.location.reload()} home={<Home />} />
    </Page>
  )
}

/** An address within the frame that leads nowhere. */
export function Missing() {
  return (
    <Page>
      <NotFound home={<Home />} />
    </Page>
  )
}

/** An address that names no brand. */
export function MissingOutside() {
  return (
    <Opening>
      <RouteFailure />
    </Opening>
  )
}
