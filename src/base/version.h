/* version.h - what this program calls itself: --version, the default User-Agent, reports. */
#ifndef C6_VERSION_H
#define C6_VERSION_H

#define C6_VERSION "0.1.0"
#define C6_K6_VERSION "2.2.0" /* whose scripts and behaviour it has */

#endif
