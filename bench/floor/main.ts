/** The floor of B6: what a page with the same framework and one button costs, and nothing else. */
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'

const place = document.getElementById('root')
if (place) createRoot(place).render(createElement('article', null, createElement('button', null, 'alone')))
